"""How charts look by default: the site's colours, readable sizes, no more ink than needed."""

import matplotlib as mpl
from cycler import cycler

ANIL, JADE, CEMPASUCHIL, GRANA, MORADO, GRIS = "#27407a", "#17684b", "#eda52d", "#9c1f3e", "#7a2a6b", "#75817d"
TINTA, LINEA = "#17211f", "#dde2dd"

STYLE = {
    "axes.prop_cycle": cycler(color=[ANIL, CEMPASUCHIL, JADE, GRANA, MORADO, GRIS]),
    "axes.edgecolor": GRIS,
    "axes.labelcolor": TINTA,
    "axes.titlecolor": TINTA,
    "axes.titlelocation": "left",
    "axes.titlesize": 13,
    "axes.titleweight": "bold",
    "axes.titlepad": 12,
    "axes.labelsize": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": LINEA,
    "grid.linewidth": 0.8,
    "xtick.color": TINTA,
    "ytick.color": TINTA,
    "xtick.labelsize": 10,
    "ytick.labelsize": 10,
    "legend.frameon": False,
    "legend.fontsize": 10,
    "lines.linewidth": 2.2,
    "lines.markersize": 6,
    "text.color": TINTA,
    "font.size": 11,
    "figure.figsize": (7.2, 4.2),
    "figure.dpi": 100,
    "savefig.dpi": 100,
    "figure.facecolor": "white",
    "image.cmap": "cividis",
}


def use() -> None:
    """Make this the style of every chart to come."""
    mpl.rcParams.update(STYLE)


def leave() -> None:
    """Make Matplotlib's own style that of every chart to come."""
    mpl.rcParams.update({name: mpl.rcParamsDefault[name] for name in STYLE})
