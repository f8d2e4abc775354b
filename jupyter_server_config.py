"""Jupyter Server's settings for this course, on a reader's machine and on Binder alike.

bootstrap.py and postBuild copy this file to etc/jupyter/ of the environment, so that it
holds for this environment only. Address and token are no settings: `make lab` gives them.
"""

import json
import os

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

c = get_config()  # noqa: F821  (Jupyter defines it when it runs this file)


class PromptConnection(ZMQChannelsWebsocketConnection):
    """Send each message of a kernel at once.

    A kernel answers a moved slider with several small messages. By default the system holds
    the second one back until the browser has acknowledged the first, which takes 40 ms:
    measured in Chromium while dragging, 49 ms per answer without this and 11 ms with it.
    """

    def connect(self):
        self.websocket_handler.set_nodelay(True)
        return super().connect()


c.ServerApp.kernel_websocket_connection_class = PromptConnection

# Each interactive chart sends a script of 0.9 MB.
c.ServerApp.websocket_compression_options = {}

# Between server and kernel: on a shared machine nobody else can read along (and the kernel
# does not print a warning that they could).
c.KernelManager.transport_encryption = "auto"

# The course asks the network for nothing: no news, no update check, no extension registry,
# no search for language servers.
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"
c.LanguageServerManager.autodetect = False


class CourseContents(AsyncLargeFileManager):
    """Write a notebook as one reads it without a kernel, and leave one that nobody changed as it is.

    What is stored of a panel is its sentence and its picture (helpers/core/stored.py); the widget itself
    would be an error message at the next opening.
    """

    def run_pre_save_hooks(self, model, path, **kwargs):
        super().run_pre_save_hooks(model=model, path=path, **kwargs)
        if model.get("type") != "notebook" or not isinstance(model.get("content"), dict):
            return
        try:
            from helpers.core import stored

            file = self._get_os_path(path)
            old = None
            if os.path.exists(file):
                with open(file, encoding="utf-8") as handle:
                    old = json.load(handle)
            model["content"] = stored.as_saved(model["content"], old)
        except Exception as error:  # whatever is wrong here, the reader's work is saved as it came
            self.log.warning("Saved %s as the page sent it: %r", path, error)


c.ServerApp.contents_manager_class = CourseContents

# So kernels of this server leave out what that save puts back (`LEAN` in helpers/core/stored.py).
os.environ["CHIPS_AND_SANCTIONS_LEAN"] = "1"

# Arrays of draws come and go by the megabyte. Linux's allocator hands each back at once and asks for it anew, page by
# page, which doubles the processor time of such sums; so a kernel keeps up to 64 MB for the next one. Others ignore it.
os.environ.setdefault("MALLOC_TRIM_THRESHOLD_", str(64 << 20))
os.environ.setdefault("MALLOC_MMAP_THRESHOLD_", str(32 << 20))
