"""The course in the browser with a kernel and without a server: JupyterLite with Pyodide. See `building`."""
