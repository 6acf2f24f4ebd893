"""FuncAnimation and FFMpegWriter; FFmpeg comes from `pip install imageio-ffmpeg`."""

import imageio_ffmpeg
import matplotlib as mpl
from flat import animate
from matplotlib.animation import FFMpegWriter
from problem import FPS, target

mpl.rcParams["animation.ffmpeg_path"] = imageio_ffmpeg.get_ffmpeg_exe()
animate(FFMpegWriter(fps=FPS), str(target("funcanimation_ffmpeg.gif")))
