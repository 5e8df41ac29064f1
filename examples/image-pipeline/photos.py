"""Makes JPEG photographs of several megapixels: sky, hills and grain, different for every seed. None can be shipped."""

import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 4000, 3000


def photograph(path, seed):
    """Writes a 12-megapixel JPEG of several megabytes."""
    chance = random.Random(seed)
    channels = []
    for _ in range(3):
        gradient = Image.linear_gradient("L").rotate(chance.choice([0, 90, 180, 270])).resize((WIDTH, HEIGHT))
        glow = Image.radial_gradient("L").resize((WIDTH, HEIGHT))
        channels.append(Image.blend(gradient, ImageChops.invert(glow), chance.uniform(0.2, 0.8)))
    picture = Image.merge("RGB", channels)
    draw = ImageDraw.Draw(picture)
    for layer in range(4):
        horizon, points = HEIGHT * (5 + layer) // 9, [(0, HEIGHT)]
        points += [(x, horizon + chance.randint(-150, 150)) for x in range(0, WIDTH + 1, 200)]
        draw.polygon([*points, (WIDTH, HEIGHT)], fill=tuple(chance.randint(20, 120) for _ in range(3)))
    picture = picture.filter(ImageFilter.GaussianBlur(2))
    grain = Image.merge("RGB", [Image.effect_noise((WIDTH, HEIGHT), 40) for _ in range(3)])
    Image.blend(picture, grain, 0.2).save(path, "JPEG", quality=93)
    return path
