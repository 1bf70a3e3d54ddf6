"""Pictures drawn as SVG by the server: the way of children through the system, and localities as tiles. Pure."""
