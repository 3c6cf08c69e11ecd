"""Instead of the hook that comes with PyInstaller: thinc without its tests."""

from PyInstaller.utils.hooks import collect_data_files, collect_submodules, copy_metadata

hiddenimports = collect_submodules("thinc", filter=lambda name: ".tests" not in name)
datas = [*collect_data_files("thinc", excludes=["tests", "**/*.pyx", "**/*.pxd"]), *copy_metadata("thinc")]
