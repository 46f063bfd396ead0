using SignalLab.Model;

namespace SignalLab.Analysis.Averages;

/// <summary>A limit on the peak-to-peak value within an epoch.</summary>
/// <param name="Value">The limit.</param>
/// <param name="Unit">Its unit: it applies to the channels whose unit converts to it.</param>
/// <param name="Kind">The kind of channel it applies to; null for every EEG, intracranial, ocular or MEG channel of that unit.</param>
public sealed record PeakToPeakLimit(double Value, Unit Unit, ChannelKind? Kind = null)
{
    /// <summary>True for the channels it applies to.</summary>
    /// <param name="channel">The channel.</param>
    public bool AppliesTo(Channel channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        var isSignal = channel.Kind is ChannelKind.Eeg or ChannelKind.Eog or ChannelKind.Seeg or ChannelKind.Ecog or ChannelKind.Mag or ChannelKind.Grad;
        return !channel.IsBad && (Kind is { } kind ? channel.Kind == kind : isSignal) && channel.Unit.IsKnown && channel.Unit.ConvertsTo(Unit);
    }
}

/// <summary>Which stretches about the events are taken, and which of them are dropped.</summary>
public sealed record EpochOptions
{
    /// <summary>Start relative to the event, taken at the nearest sample.</summary>
    public double FromSeconds { get; init; } = -0.2;

    /// <summary>End relative to the event, taken at the nearest sample and included.</summary>
    public double ToSeconds { get; init; } = 0.8;

    /// <summary>The stretch whose mean is subtracted from each channel of each epoch, both ends included at the nearest sample, a null end for that of the epoch; null for none.</summary>
    public (double? From, double? To)? Baseline { get; init; }

    /// <summary>An epoch is dropped where a good channel's peak-to-peak value passes its limit.</summary>
    public IReadOnlyList<PeakToPeakLimit> Reject { get; init; } = [];

    /// <summary>An epoch is dropped where a good channel's peak-to-peak value stays below its limit.</summary>
    public IReadOnlyList<PeakToPeakLimit> Flat { get; init; } = [];

    /// <summary>An epoch is dropped where it touches an annotation whose text fits one of these, with <c>*</c> and <c>?</c>, case ignored.</summary>
    public IReadOnlyList<string> RejectAnnotations { get; init; } = ["BAD*"];
}
