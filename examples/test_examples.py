"""The examples do what they say."""

import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def run(*words):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    subprocess.run([sys.executable, *words], cwd=HERE, env=environment, check=True, timeout=600)


def test_image_pipeline():
    run("image-pipeline/pipeline.py", "--own-server")


def test_hands_on():
    run("hands-on/check.py")
