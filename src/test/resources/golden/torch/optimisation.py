"""What PyTorch makes of the vocabulary of optimisation: losses and learning rates of 50 steps for some configurations.

    pip install torch
    python optimisation.py

writes optimisation.json beside itself. TorchGoldenTest makes the same steps and compares. In each case `training` is
the description as twostep reads it; what stands beside it here is the same thing in PyTorch's words.
"""

import json
import pathlib
import statistics

import torch
from torch.optim import lr_scheduler as schedules

INPUTS, UNITS, INNER, ROWS, BATCH, EPOCHS = 5, 8, 6, 80, 16, 10
BATCHES = ROWS // BATCH
STEPS = EPOCHS * BATCHES


def data():
    generator = torch.Generator().manual_seed(7)
    x = torch.randn(ROWS, INPUTS, generator=generator)
    y = torch.sin(x[:, :1] * 2) + x[:, 1:2] * x[:, 2:3] + 0.1 * torch.randn(ROWS, 1, generator=generator)
    parameters = [
        torch.randn(INPUTS, UNITS, generator=generator) * 0.5,
        torch.randn(1, UNITS, generator=generator) * 0.1,
        torch.randn(UNITS, 1, generator=generator) * 0.5,
        torch.randn(1, 1, generator=generator) * 0.1,
    ]
    return x, y, parameters


MASK = 2**64 - 1


def key(state, coordinate):
    """SplitMix64, as RandomStream.key."""
    z = (state + 0x9E3779B97F4A7C15 + coordinate) & MASK
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
    return z ^ (z >> 31)


NOISE_OF_SEED_0 = key((key(0, 0) ^ 0x2D9A64F1) - 0x9E3779B97F4A7C15, 0)


def disturb(layers, place, values, epoch, batch):
    """The noise behind layer number `place`, as NoiseKernels makes it; 0 for the inputs."""
    batch_key = key(key(NOISE_OF_SEED_0, epoch), batch)
    for number, layer in enumerate(layers):
        noise_key = key(key(batch_key, place), number)
        draws = [[key(key(noise_key, row), column) for column in range(values.shape[1])] for row in range(BATCH)]
        if layer["type"] == "dropout":
            rate = layer["rate"]
            values = values * torch.tensor([[float(d / 2**64 >= rate) / (1 - rate) for d in row] for row in draws])
        else:
            normal = statistics.NormalDist(0, layer["standard_deviation"])
            values = values + torch.tensor([[normal.inv_cdf((d >> 12) / 2**52 + 2**-53) for d in row] for row in draws])
    return values


def constant(optimizer):
    return schedules.LambdaLR(optimizer, lambda step: 1)


def warm_up(optimizer, steps, then):
    rise = schedules.LinearLR(optimizer, start_factor=1 / (steps + 1), end_factor=1, total_iters=steps)
    return schedules.SequentialLR(optimizer, [rise, then], milestones=[steps])


# name, description, optimizer, schedule, whether the schedule steps once an epoch, l1, l2, clipping,
# and, in the last ones, the noise of the inputs and of the hidden layer, the greatest norm, and what stands between the
# hidden layer's sums and its bend: a normalisation, or a residual block
CASES = [
    (
        "sgd, step, l2",
        {"optimizer": {"type": "sgd", "learning_rate": 0.1},
         "schedule": {"type": "step", "every_epochs": 3, "factor": 0.5},
         "regularization": {"l2": 0.01}},
        lambda groups: torch.optim.SGD(groups, lr=0.1),
        lambda optimizer: schedules.StepLR(optimizer, step_size=3, gamma=0.5),
        True, 0, 0.01, None,
    ),
    (
        "momentum, exponential, l1",
        {"optimizer": {"type": "momentum", "learning_rate": 0.05, "momentum": 0.8},
         "schedule": {"type": "exponential", "factor": 0.9},
         "regularization": {"l1": 0.003}},
        lambda groups: torch.optim.SGD(groups, lr=0.05, momentum=0.8),
        lambda optimizer: schedules.ExponentialLR(optimizer, gamma=0.9),
        True, 0.003, 0, None,
    ),
    (
        "nesterov, polynomial, clipped by norm",
        {"optimizer": {"type": "momentum", "learning_rate": 0.1, "momentum": 0.9, "nesterov": True},
         "schedule": {"type": "polynomial", "power": 2},
         "regularization": {"l2": 0.01},
         "clipping": {"type": "norm", "most": 0.5}},
        lambda groups: torch.optim.SGD(groups, lr=0.1, momentum=0.9, nesterov=True),
        lambda optimizer: schedules.PolynomialLR(optimizer, total_iters=STEPS, power=2),
        False, 0, 0.01, lambda parameters: torch.nn.utils.clip_grad_norm_(parameters, 0.5),
    ),
    (
        "rmsprop, cosine",
        {"optimizer": {"type": "rmsprop", "learning_rate": 0.01, "rho": 0.95},
         "schedule": {"type": "cosine", "end_factor": 0.1}},
        lambda groups: torch.optim.RMSprop(groups, lr=0.01, alpha=0.95),
        lambda optimizer: schedules.CosineAnnealingLR(optimizer, T_max=STEPS, eta_min=0.001),
        False, 0, 0, None,
    ),
    (
        "rmsprop centered with momentum, warm restarts, l2",
        {"optimizer": {"type": "rmsprop", "learning_rate": 0.005, "rho": 0.9, "momentum": 0.5, "centered": True},
         "schedule": {"type": "cosine", "period_epochs": 2, "period_growth": 2},
         "regularization": {"l2": 0.01}},
        lambda groups: torch.optim.RMSprop(groups, lr=0.005, alpha=0.9, momentum=0.5, centered=True),
        lambda optimizer: schedules.CosineAnnealingWarmRestarts(optimizer, T_0=2 * BATCHES, T_mult=2),
        False, 0, 0.01, None,
    ),
    (
        "adagrad, clipped by value",
        {"optimizer": {"type": "adagrad", "learning_rate": 0.1, "initial_accumulator": 0.01},
         "clipping": {"type": "value", "most": 0.1},
         "regularization": {"l1": 0.001, "l2": 0.001}},
        lambda groups: torch.optim.Adagrad(groups, lr=0.1, initial_accumulator_value=0.01),
        constant,
        False, 0.001, 0.001, lambda parameters: torch.nn.utils.clip_grad_value_(parameters, 0.1),
    ),
    (
        "adadelta, warm-up",
        {"optimizer": {"type": "adadelta", "learning_rate": 2, "rho": 0.9, "epsilon": 0.00001},
         "schedule": {"type": "warm_up", "steps": 10}},
        lambda groups: torch.optim.Adadelta(groups, lr=2, rho=0.9, eps=1e-5),
        lambda optimizer: schedules.LinearLR(optimizer, start_factor=1 / 11, end_factor=1, total_iters=10),
        False, 0, 0, None,
    ),
    (
        "adam, one cycle, l2",
        {"optimizer": {"type": "adam", "learning_rate": 0.05},
         "schedule": "one_cycle",
         "regularization": {"l2": 0.001}},
        lambda groups: torch.optim.Adam(groups, lr=0.05),
        lambda optimizer: schedules.OneCycleLR(optimizer, max_lr=0.05, total_steps=STEPS, cycle_momentum=False),
        False, 0, 0.001, None,
    ),
    (
        "amsgrad, warm-up before cosine",
        {"optimizer": {"type": "adam", "learning_rate": 0.02, "beta2": 0.9, "amsgrad": True},
         "schedule": {"type": "warm_up", "share": 0.2, "then": "cosine"}},
        lambda groups: torch.optim.Adam(groups, lr=0.02, betas=(0.9, 0.9), amsgrad=True),
        lambda optimizer: warm_up(optimizer, 10, schedules.CosineAnnealingLR(optimizer, T_max=STEPS - 10)),
        False, 0, 0, None,
    ),
    (
        "adamw, reduce on plateau",
        {"optimizer": {"type": "adamw", "learning_rate": 0.02, "weight_decay": 0.1},
         "schedule": {"type": "reduce_on_plateau", "factor": 0.5, "patience": 2, "min_delta": 0.2, "cooldown": 1,
                      "least_factor": 0.2}},
        lambda groups: torch.optim.AdamW(groups, lr=0.02, weight_decay=0.1),
        lambda optimizer: schedules.ReduceLROnPlateau(
            optimizer, factor=0.5, patience=1, threshold=0.2, threshold_mode="abs", cooldown=1, min_lr=0.2 * 0.02),
        True, 0, 0, None,
    ),
    (
        "nadam, l1 and l2",
        {"optimizer": {"type": "nadam", "learning_rate": 0.01},
         "regularization": {"l1": 0.001, "l2": 0.01}},
        lambda groups: torch.optim.NAdam(groups, lr=0.01),
        constant,
        False, 0.001, 0.01, None,
    ),
    (
        "adamw, clipped by norm",
        {"optimizer": {"type": "adamw", "learning_rate": 0.03},
         "clipping": {"type": "norm", "most": 0.3}},
        lambda groups: torch.optim.AdamW(groups, lr=0.03),
        constant,
        False, 0, 0, lambda parameters: torch.nn.utils.clip_grad_norm_(parameters, 0.3),
    ),
    (
        "adam, dropout, max norm",
        {"optimizer": {"type": "adam", "learning_rate": 0.02},
         "regularization": {"max_norm": 0.9}},
        lambda groups: torch.optim.Adam(groups, lr=0.02),
        constant,
        False, 0, 0, None,
        [[{"type": "dropout", "rate": 0.2}], [{"type": "dropout", "rate": 0.4}]], 0.9, None,
    ),
    (
        "momentum, gaussian noise, then dropout, l2",
        {"optimizer": {"type": "momentum", "learning_rate": 0.05, "momentum": 0.8},
         "schedule": {"type": "exponential", "factor": 0.9},
         "regularization": {"l2": 0.01}},
        lambda groups: torch.optim.SGD(groups, lr=0.05, momentum=0.8),
        lambda optimizer: schedules.ExponentialLR(optimizer, gamma=0.9),
        True, 0, 0.01, None,
        [[{"type": "gaussian_noise", "standard_deviation": 0.3}],
         [{"type": "gaussian_noise", "standard_deviation": 0.1}, {"type": "dropout", "rate": 0.25}]], None, None,
    ),
    (
        "adam, layer normalization, l2",
        {"optimizer": {"type": "adam", "learning_rate": 0.02},
         "regularization": {"l2": 0.01}},
        lambda groups: torch.optim.Adam(groups, lr=0.02),
        constant,
        False, 0, 0.01, None,
        [[], [{"type": "dropout", "rate": 0.1}]], None, "layer_normalization",
    ),
    (
        "momentum, residual block, l2, clipped by norm",
        {"optimizer": {"type": "momentum", "learning_rate": 0.05, "momentum": 0.8},
         "regularization": {"l2": 0.01},
         "clipping": {"type": "norm", "most": 0.8}},
        lambda groups: torch.optim.SGD(groups, lr=0.05, momentum=0.8),
        constant,
        False, 0, 0.01, lambda parameters: torch.nn.utils.clip_grad_norm_(parameters, 0.8),
        [[{"type": "gaussian_noise", "standard_deviation": 0.1}], [{"type": "dropout", "rate": 0.1}]], None, "residual",
    ),
    (
        # not adam: the biases before have a slope of 0, of which adam would make steps of any length out of rounding errors
        "momentum, batch normalization, l2",
        {"optimizer": {"type": "momentum", "learning_rate": 0.05, "momentum": 0.8},
         "regularization": {"l2": 0.01}},
        lambda groups: torch.optim.SGD(groups, lr=0.05, momentum=0.8),
        constant,
        False, 0, 0.01, None,
        [[], [{"type": "dropout", "rate": 0.1}]], None, "batch_normalization",
    ),
]


class Straight:
    """Nothing between the hidden layer's sums and its tanh."""

    layers, numbers, start = 1, [], None

    def __init__(self, start):
        self.dense = [{"type": "dense", "units": UNITS, "activation": "tanh"}]

    def hidden(self, sums, numbers):
        return torch.tanh(sums)


class LayerNormalization(Straight):
    layers = 2

    def __init__(self, start):
        self.numbers = [torch.ones(UNITS), torch.zeros(UNITS)]
        self.dense = [{"type": "dense", "units": UNITS, "activation": "identity"},
                      {"type": "layer_normalization", "activation": "tanh"}]

    def hidden(self, sums, numbers):
        return torch.tanh(torch.nn.functional.layer_norm(sums, (UNITS,), *numbers))


class BatchNormalization(Straight):
    layers = 2

    def __init__(self, start):
        self.numbers = [torch.ones(UNITS), torch.zeros(UNITS)]
        self.running = [torch.zeros(UNITS), torch.ones(UNITS)]
        self.dense = [{"type": "dense", "units": UNITS, "activation": "identity"},
                      {"type": "batch_normalization", "momentum": 0.05, "epsilon": 0.001, "activation": "tanh"}]

    def hidden(self, sums, numbers, training=True):
        normal = torch.nn.functional.batch_norm(
            sums, *self.running, *numbers, training=training, momentum=0.05, eps=0.001)
        return torch.tanh(normal)


class Residual(Straight):
    layers = 4

    def __init__(self, start):
        generator = torch.Generator().manual_seed(8)
        self.numbers = [
            torch.randn(UNITS, INNER, generator=generator) * 0.5,
            torch.randn(1, INNER, generator=generator) * 0.1,
            torch.randn(INNER, UNITS, generator=generator) * 0.5,
            torch.randn(1, UNITS, generator=generator) * 0.1,
        ]
        self.start = start[:2] + self.numbers + start[2:]  # in the order of the layers
        within = [{"type": "dense", "units": INNER, "activation": "relu"},
                  {"type": "dense", "units": UNITS, "activation": "identity"}]
        self.dense = [{"type": "dense", "units": UNITS, "activation": "tanh"},
                      {"type": "residual", "layers": within, "activation": "tanh"}]

    def hidden(self, sums, numbers):
        taken = torch.tanh(sums)
        within = torch.relu(taken @ numbers[0] + numbers[1]) @ numbers[2] + numbers[3]
        return torch.tanh(taken + within)


MIDDLES = {
    None: Straight,
    "layer_normalization": LayerNormalization,
    "batch_normalization": BatchNormalization,
    "residual": Residual,
}


def train(case, x, y, start):
    name, _, make_optimizer, make_schedule, once_an_epoch, l1, l2, clip = case[:8]
    noises, max_norm, between = case[8:] or ([[], []], None, None)
    middle = MIDDLES[between](start)
    parameters = [tensor.clone().requires_grad_() for tensor in start + middle.numbers]
    weights, biases = parameters[0::2], parameters[1::2]
    groups = [{"params": weights}]
    # biases do not decay
    groups.append({"params": biases, "weight_decay": 0} if name.startswith("adamw") else {"params": biases})
    optimizer = make_optimizer(groups)
    schedule = make_schedule(optimizer)
    losses, rates = [], []
    for epoch in range(EPOCHS):
        for batch in range(BATCHES):
            rows = slice(batch * BATCH, (batch + 1) * BATCH)
            inputs = disturb(noises[0], 0, x[rows], epoch + 1, batch)
            hidden = middle.hidden(inputs @ parameters[0] + parameters[1], parameters[4:])
            hidden = disturb(noises[1], middle.layers, hidden, epoch + 1, batch)
            loss = torch.nn.functional.mse_loss(hidden @ parameters[2] + parameters[3], y[rows])
            price = sum(l1 * w.abs().sum() + l2 / 2 * (w * w).sum() for w in weights)
            optimizer.zero_grad()
            (loss + price).backward()
            if clip:
                clip(parameters)
            rates.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            if max_norm:
                with torch.no_grad():
                    for w in weights:
                        w *= (max_norm / w.norm(dim=0)).clamp(max=1)
            losses.append(loss.item())
            if not once_an_epoch:
                schedule.step()
        if isinstance(schedule, schedules.ReduceLROnPlateau):
            schedule.step(sum(losses[-BATCHES:]) / BATCHES)
        elif once_an_epoch:
            schedule.step()
    made = {"name": name, "layers": noises[0] + middle.dense + noises[1], "training": case[1], "losses": losses,
            "learning_rates": rates}
    if between == "batch_normalization":
        with torch.no_grad():
            hidden = middle.hidden(x @ parameters[0] + parameters[1], parameters[4:], training=False)
            watched = torch.nn.functional.mse_loss(hidden @ parameters[2] + parameters[3], y)
        made["running_statistics"] = [tensor.tolist() for tensor in middle.running]
        made["loss_of_predictions"] = watched.item()
    if middle.start:
        made["parameters"] = [tensor.tolist() for tensor in middle.start]
    return made


def main():
    x, y, start = data()
    golden = {
        "made_with": "PyTorch " + torch.__version__,
        "epochs": EPOCHS,
        "batch_size": BATCH,
        "x": x.tolist(),
        "y": y.tolist(),
        "parameters": [tensor.tolist() for tensor in start],
        "cases": [train(case, x, y, start) for case in CASES],
    }
    path = pathlib.Path(__file__).with_name("optimisation.json")
    path.write_text(json.dumps(golden) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
