using SignalLab.Model;

namespace SignalLab.Analysis.Components;

/// <summary>A channel that took part in a decomposition.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Kind">What it records.</param>
/// <param name="Unit">The unit of its mean and of the maps' values.</param>
/// <param name="Mean">Its mean over the samples fitted on.</param>
public sealed record DecomposedChannel(string Label, ChannelKind Kind, Unit Unit, double Mean);
