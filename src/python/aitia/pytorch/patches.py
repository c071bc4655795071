"""The places of PyTorch where a run can be seen, and what is put there while a session is open.

Each wrapper calls the original with what it was given and returns what that returned. Faults of the session never pass through it.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from types import FunctionType
from typing import Any

import torch
from torch.optim import Optimizer, lr_scheduler
from torch.optim.optimizer import register_optimizer_step_post_hook, register_optimizer_step_pre_hook
from torch.utils.data import DataLoader
from torch.utils.data.dataloader import _BaseDataLoaderIter

from aitia.pytorch.losses import LOSSES
from aitia.recording import names

Undo = Callable[[], None]

_sessions: list[Any] = []  # the innermost hears
_undo: list[Undo] = []


def current() -> Any | None:
    """The session that hears."""
    return _sessions[-1] if _sessions else None


def enter(session: Any) -> None:
    """Makes a session hear, and puts the wrappers in place for the first."""
    _sessions.append(session)
    if len(_sessions) == 1:
        _install()


def leave(session: Any) -> None:
    """Ends hearing; after the last session PyTorch is as it was."""
    if session in _sessions:
        _sessions.remove(session)
    if not _sessions:
        while _undo:
            _undo.pop()()


def _wrap(owner: Any, name: str, wrapper: Callable[[Any], Any]) -> None:
    original = getattr(owner, name, None)
    if original is None:
        return
    inherited = isinstance(owner, type) and name not in owner.__dict__
    setattr(owner, name, functools.wraps(original)(wrapper(original)))
    _undo.append(lambda: delattr(owner, name) if inherited else setattr(owner, name, original))


def _rebind(pairs: list[tuple[Any, Any]]) -> Undo:
    """Puts functions in the place of others, by whatever names the program's own modules hold those."""
    ours = {id(original): wrapper for original, wrapper in pairs}
    taken = []
    for module in list(sys.modules.values()):
        if str(getattr(module, "__name__", "")).startswith(names.FOREIGN):
            continue
        for name, value in list(vars(module).items()) if hasattr(module, "__dict__") else ():
            if id(value) in ours:
                taken.append((vars(module), name, value))
                vars(module)[name] = ours[id(value)]

    def undo() -> None:
        for place, name, original in taken:
            if place.get(name) is ours[id(original)]:
                place[name] = original

    return undo


def listen(thing: Any, heard: Callable[[Any, Any, Any], None]) -> Undo:
    """Has a callable of the program tell its calls, until what is returned is called.

    A function is heard where modules hold it by a name, an object where its class is written in Python.
    """
    if isinstance(thing, FunctionType):

        @functools.wraps(thing)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            result = thing(*args, **kwargs)
            heard(thing, args, result)
            return result

        return _rebind([(thing, wrapper)])
    kind = type(thing)
    original = kind.__dict__.get("__call__")
    if not isinstance(original, FunctionType):
        return lambda: None

    @functools.wraps(original)
    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        result = original(self, *args, **kwargs)
        if self is thing:
            heard(thing, args, result)
        return result

    kind.__call__ = call
    return lambda: setattr(kind, "__call__", original)


def _install() -> None:
    _wrap(torch.autograd, "backward", _backward)
    before = {function: getattr(torch.nn.functional, function) for function in LOSSES}
    for function in LOSSES:
        _wrap(torch.nn.functional, function, functools.partial(_loss, function))
    _undo.append(_rebind([(original, getattr(torch.nn.functional, function)) for function, original in before.items()]))
    _wrap(DataLoader, "__iter__", _iterate)
    _wrap(_BaseDataLoaderIter, "__next__", _next)
    _wrap(Optimizer, "__init__", lambda original: _after(original, "on_optimizer"))
    _wrap(lr_scheduler.LRScheduler, "__init__", lambda original: _after(original, "on_scheduler"))
    _wrap(torch.amp.GradScaler, "scale", _scale)
    _wrap(torch.amp.GradScaler, "step", _scaler_step)
    _wrap(torch.nn.utils, "clip_grad_norm_", functools.partial(_clip, "max_norm"))
    _wrap(torch.nn.utils, "clip_grad_value_", functools.partial(_clip, "clip_value"))
    _wrap(torch, "compile", _compile)
    _wrap(torch.nn.Module, "compile", _compile)
    _wrap(torch.jit, "script", _script)
    handles = [register_optimizer_step_pre_hook(_pre_step), register_optimizer_step_post_hook(_post_step)]
    _undo.extend(h.remove for h in handles)


def _backward(original: Any) -> Any:
    def backward(tensors: Any, *args: Any, **kwargs: Any) -> Any:
        session = current()
        if session is None:
            return original(tensors, *args, **kwargs)
        session.on_backward(tensors)
        result = original(tensors, *args, **kwargs)
        session.on_gradients()
        return result

    return backward


def _loss(function: str, original: Any) -> Any:
    def loss(*args: Any, **kwargs: Any) -> Any:
        result = original(*args, **kwargs)
        if not torch.compiler.is_compiling() and (session := current()) is not None:
            session.on_loss(function, result, args, kwargs)
        return result

    return loss


def _iterate(original: Any) -> Any:
    def iterate(loader: Any) -> Any:
        iterator = original(loader)
        session = current()
        if session is not None:
            session.on_loader(loader, iterator)
        return iterator

    return iterate


def _next(original: Any) -> Any:
    def following(iterator: Any) -> Any:
        session = current()
        try:
            batch = original(iterator)
        except StopIteration:
            if session is not None:
                session.on_exhausted(iterator)
            raise
        if session is not None:
            session.on_batch(iterator, batch)
        return batch

    return following


def _after(original: Any, event: str) -> Any:
    def made(self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        session = current()
        if session is not None:
            getattr(session, event)(self)

    return made


def _compile(original: Any) -> Any:
    def compiled(*args: Any, **kwargs: Any) -> Any:
        session = current()
        if session is None or not args:
            return original(*args, **kwargs)
        session.on_compile(args[0])
        result = original(*args, **kwargs)
        session.on_compiled(result)
        return result

    return compiled


def _script(original: Any) -> Any:
    """The compiler of TorchScript reads the source of what it meets, so it has to meet the originals."""

    def script(obj: Any, *args: Any, **kwargs: Any) -> Any:
        session = current()
        if session is not None:
            session.on_script(obj)
        ours = {f: getattr(torch.nn.functional, f) for f in LOSSES}
        for f, wrapper in ours.items():
            setattr(torch.nn.functional, f, getattr(wrapper, "__wrapped__", wrapper))
        try:
            return original(obj, *args, **kwargs)
        finally:
            for f, wrapper in ours.items():
                setattr(torch.nn.functional, f, wrapper)

    return script


def _scale(original: Any) -> Any:
    def scale(scaler: Any, outputs: Any) -> Any:
        result = original(scaler, outputs)
        session = current()
        if session is not None:
            session.on_scaled(scaler, outputs, result)
        return result

    return scale


def _scaler_step(original: Any) -> Any:
    def step(scaler: Any, optimizer: Any, *args: Any, **kwargs: Any) -> Any:
        session = current()
        result = original(scaler, optimizer, *args, **kwargs)
        if session is not None:
            session.on_scaler_step(scaler, optimizer)
        return result

    return step


def _clip(limit: str, original: Any) -> Any:
    def clip(parameters: Any, *args: Any, **kwargs: Any) -> Any:
        result = original(parameters, *args, **kwargs)
        session = current()
        if session is not None:
            session.on_clip(args[0] if args else kwargs.get(limit))
        return result

    return clip


def _pre_step(optimizer: Any, args: Any, kwargs: Any) -> None:
    session = current()
    if session is not None:
        session.on_update(optimizer)


def _post_step(optimizer: Any, args: Any, kwargs: Any) -> None:
    session = current()
    if session is not None:
        session.on_updated(optimizer)
