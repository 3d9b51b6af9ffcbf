"""What PyTorch makes of the vocabulary of losses: losses of 40 steps, and the weights after them.

    pip install torch
    python losses.py

writes losses.json beside itself. TorchLossGoldenTest makes the same steps and compares. In each case `output` is the
description as twostep reads it; what stands beside it here is the same thing in PyTorch's words, or, where PyTorch has
no such loss, written with its operations.
"""

import json
import pathlib

import torch
from torch.nn import functional

INPUTS, UNITS, ROWS, BATCH, EPOCHS, CLASSES = 5, 8, 80, 16, 8, 3
RATE = 0.1
SMALL_RATE = 0.01  # where a step is so long at 0.1 that roundings grow to differences


def data():
    generator = torch.Generator().manual_seed(11)
    x = torch.randn(ROWS, INPUTS, generator=generator)
    number = torch.sin(x[:, :1] * 2) + x[:, 1:2] * x[:, 2:3] + 0.1 * torch.randn(ROWS, 1, generator=generator)
    count = torch.poisson(torch.exp(0.5 * x[:, :1] + 0.3), generator=generator)
    one_of_two = (number > 0.2).float()
    one_of_three = functional.one_hot((number[:, 0] > 0).long() + (number[:, 0] > 1).long(), CLASSES).float()
    targets = {"number": number, "count": count, "one_of_two": one_of_two, "one_of_three": one_of_three}
    start = {}
    for outputs in (1, CLASSES):
        start[outputs] = [
            torch.randn(INPUTS, UNITS, generator=generator) * 0.5,
            torch.randn(1, UNITS, generator=generator) * 0.1,
            torch.randn(UNITS, outputs, generator=generator) * 0.5,
            torch.randn(1, outputs, generator=generator) * 0.1,
        ]
    return x, targets, start


def pinball(quantile):
    return lambda z, y: torch.maximum(quantile * (y - z), (quantile - 1) * (y - z)).mean()


def log_cosh(z, y):
    return torch.log(torch.cosh(y - z)).mean()


def poisson_of_softplus(z, y):
    return functional.poisson_nll_loss(functional.softplus(z), y, log_input=False)


def focal_of_two(gamma):
    def loss(z, y):
        right = torch.where(y > 0, torch.sigmoid(z), torch.sigmoid(-z))
        return ((1 - right) ** gamma * functional.binary_cross_entropy_with_logits(z, y, reduction="none")).mean()

    return loss


def focal_of_many(gamma):
    def loss(z, y):
        entropy = functional.cross_entropy(z, y.argmax(1), reduction="none")
        return ((1 - torch.exp(-entropy)) ** gamma * entropy).mean()

    return loss


def smooth_of_two(share):
    return lambda z, y: functional.binary_cross_entropy_with_logits(z, y * (1 - share) + share / 2)


def smooth_of_many(share):
    return lambda z, y: functional.cross_entropy(z, y.argmax(1), label_smoothing=share)


# name, target, description, the loss of Z and Y
CASES = [
    ("log cosh", "number", {"loss": "log_cosh"}, log_cosh),
    ("quantile", "number", {"loss": {"type": "quantile", "quantile": 0.8}}, pinball(0.8)),
    ("median after tanh", "number", {"activation": "tanh", "loss": "quantile"}, lambda z, y: pinball(0.5)(torch.tanh(z), y)),
    ("poisson, log input", "count", {"loss": "poisson"}, functional.poisson_nll_loss),
    ("poisson, rates", "count", {"activation": "softplus", "loss": "poisson"}, poisson_of_softplus),
    ("squares of exponentials", "count", {"activation": "exponential", "loss": "mean_squared_error"},
     lambda z, y: functional.mse_loss(torch.exp(z), y)),
    ("focal of two", "one_of_two", {"activation": "sigmoid", "loss": "focal"}, focal_of_two(2)),
    ("focal of three", "one_of_three", {"activation": "softmax", "loss": {"type": "focal", "gamma": 1.5}}, focal_of_many(1.5)),
    ("smooth, of two", "one_of_two", {"activation": "sigmoid", "loss": {"type": "binary_cross_entropy", "label_smoothing": 0.2}},
     smooth_of_two(0.2)),
    ("smooth, of three", "one_of_three",
     {"activation": "softmax", "loss": {"type": "categorical_cross_entropy", "label_smoothing": 0.1}}, smooth_of_many(0.1)),
]


def train(case, x, y, start):
    name, target, output, measure = case
    parameters = [tensor.clone().requires_grad_() for tensor in start]
    rate = SMALL_RATE if output.get("activation") == "exponential" else RATE
    optimizer = torch.optim.SGD(parameters, lr=rate)
    losses = []
    for _ in range(EPOCHS):
        for first in range(0, ROWS, BATCH):
            rows = slice(first, first + BATCH)
            hidden = torch.tanh(x[rows] @ parameters[0] + parameters[1])
            loss = measure(hidden @ parameters[2] + parameters[3], y[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return {"name": name, "target": target, "output": output, "learning_rate": rate, "losses": losses,
            "parameters": [tensor.tolist() for tensor in parameters]}


def main():
    x, targets, start = data()
    golden = {
        "made_with": "PyTorch " + torch.__version__,
        "epochs": EPOCHS,
        "batch_size": BATCH,
        "units": UNITS,
        "x": x.tolist(),
        "targets": {name: y.tolist() for name, y in targets.items()},
        "parameters": {str(outputs): [tensor.tolist() for tensor in tensors] for outputs, tensors in start.items()},
        "cases": [train(case, x, targets[case[1]], start[targets[case[1]].shape[1]]) for case in CASES],
    }
    path = pathlib.Path(__file__).with_name("losses.json")
    path.write_text(json.dumps(golden) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
