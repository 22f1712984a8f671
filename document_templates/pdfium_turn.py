"""PDFium's library may be entered by one thread of a process at a time: whoever enters takes a turn."""

import threading

taken = threading.Lock()
