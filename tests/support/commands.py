"""Running commands of a main window in tests."""


def run(window, command, qtbot):
    """Runs a command once it can be used, and waits until what it did is on disk and shown."""
    qtbot.waitUntil(lambda: window.binder.action(command).isEnabled())
    window.binder.run(command)
    qtbot.waitUntil(lambda: not window.workspace or not window.workspace.session.pending)
