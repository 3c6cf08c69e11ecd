#!/usr/bin/env bash
# Builds dist/factdesk (the one-folder bundle) and dist/factdesk_VERSION_ARCH.deb. Called by `./dev package`.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
python=build/venv/bin/python
id=org.factdesk.Factdesk
bundle=dist/factdesk
root=build/deb
version=$("$python" -c 'import factdesk; print(factdesk.__version__)')
architecture=$(dpkg --print-architecture)
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || date +%s)
export SOURCE_DATE_EPOCH
started=$SECONDS

echo "== bundle"
rm -rf "$bundle" build/pyinstaller
"$python" -m PyInstaller --noconfirm --log-level WARN --distpath dist --workpath build/pyinstaller packaging/factdesk.spec
before=$(du -sm "$bundle" | cut -f1)
# numpy's own libraries were already rewritten by its wheel and do not survive stripping
find "$bundle" -name '*.so*' -type f -not -path '*/numpy.libs/*' -not -path '*/scipy.libs/*' -print0 |
  xargs -0 -r strip --strip-unneeded 2>/dev/null || true
env -i HOME="$PWD/build" LANG=C.UTF-8 "$bundle/factdesk" --version
echo "$(du -sm "$bundle" | cut -f1) MB (before stripping $before), $(find "$bundle" -type f | wc -l) files"

echo "== package"
rm -rf "$root"
install -d "$root"/{DEBIAN,opt,usr/bin} "$root/usr/share"/{applications,metainfo,mime/packages,doc/factdesk}
cp -a "$bundle" "$root/opt/factdesk"
ln -s /opt/factdesk/factdesk "$root/usr/bin/factdesk"
install -m 644 "packaging/linux/$id.desktop" "$root/usr/share/applications/$id.desktop"
install -m 644 "packaging/linux/$id.mime.xml" "$root/usr/share/mime/packages/$id.xml"
install -m 644 LICENSE "$root/usr/share/doc/factdesk/copyright"
gzip -9n <CHANGELOG.md >"$root/usr/share/doc/factdesk/changelog.gz"
"$python" packaging/icons.py "$root/usr/share/icons/hicolor" "$id"
fill() {
  sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@GLIBC@/$glibc/" \
    -e "s/@DATE@/$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)/" -e "s/@SIZE@/$(du -sk "$root" | cut -f1)/" "$1"
}
glibc=$(find "$bundle" -type f \( -name '*.so*' -o -name factdesk \) -print0 | xargs -0 objdump -T 2>/dev/null |
  grep -oP 'GLIBC_\K2\.\d+' | sort -uV | tail -1)
fill "packaging/linux/$id.metainfo.xml" >"$root/usr/share/metainfo/$id.metainfo.xml"
fill packaging/linux/control >"$root/DEBIAN/control"
install -m 755 packaging/linux/refresh "$root/DEBIAN/postinst"
install -m 755 packaging/linux/refresh "$root/DEBIAN/postrm"
(cd "$root" && find opt usr -type f -print0 | xargs -0 md5sum >DEBIAN/md5sums)
chmod -R u+rwX,go+rX,go-w "$root"
desktop-file-validate "$root/usr/share/applications/$id.desktop"
if command -v appstreamcli >/dev/null; then appstreamcli validate --no-net "$root/usr/share/metainfo/$id.metainfo.xml"; fi
package="dist/factdesk_${version}_$architecture.deb"
dpkg-deb -Zxz --root-owner-group -b "$root" "$package"
echo "$package: $(du -m "$package" | cut -f1) MB, needs glibc $glibc; built in $((SECONDS - started)) s"
