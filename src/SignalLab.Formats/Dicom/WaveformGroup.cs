using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Dicom;

/// <summary>One multiplex group: channels that were sampled together, value = (stored × sensitivity × correction) + baseline.</summary>
/// <remarks>Source: DICOM PS3.3, C.10.9.1.4 to C.10.9.1.6.</remarks>
internal sealed record WaveformGroup(string Label, double RateHz, IReadOnlyList<Channel> Channels, ISampleSource Samples, IReadOnlyList<string> Remarks)
{
    private const int MostChannels = 65535;

    /// <summary>Milliseconds from the object's acquisition time to the group's first sample.</summary>
    public double OffsetMilliseconds { get; init; }

    public static WaveformGroup Of(DicomFile file, DicomDataset group, int index, ChannelKind kind)
    {
        var label = group.Text(DicomTag.GroupLabel) ?? FormattableString.Invariant($"group {index + 1}");
        var rate = group.Number(DicomTag.SamplingFrequency) is > 0 and var r ? r : throw Fault(file, label, "sampling frequency", group.Text(DicomTag.SamplingFrequency), "a number of Hz above 0");
        var count = group.Integer(DicomTag.WaveformChannelCount) is > 0 and <= MostChannels and var c ? c : throw Fault(file, label, "number of channels", group.Text(DicomTag.WaveformChannelCount), "a number above 0");
        var samples = group.Number(DicomTag.WaveformSampleCount) is >= 0 and var n ? (long)n : throw Fault(file, label, "number of samples", null, "a number");
        var definitions = group.Items(DicomTag.ChannelDefinitions);
        if (definitions.Count != count)
        {
            throw Fault(file, label, "channel definitions", FormattableString.Invariant($"{definitions.Count}"), FormattableString.Invariant($"{count}, one a channel"));
        }

        var type = TypeOf(file, group, label);
        var data = group[DicomTag.WaveformData];
        if (data is null || data.Length / type.Bytes() / count < samples)
        {
            throw new MalformedFileException(
                file.Path, data?.Offset, $"waveform data of {label}", FormattableString.Invariant($"{data?.Length ?? 0} bytes"), FormattableString.Invariant($"{samples} samples of {count} channels, {type.Bytes()} bytes each"));
        }

        var scales = definitions.Select(d => WaveformScale.Of(d)).ToArray();
        var padding = group.Bytes(DicomTag.WaveformPadding) is { } bytes && bytes.Length >= type.Bytes() ? NumberDecoder.One(bytes, type, group.IsBigEndian) : (double?)null;
        var table = new NumberTable(type, count, IsBigEndian: group.IsBigEndian);
        return new(
            label, rate,
            [.. definitions.Select((d, i) => ChannelOf(d, i, kind, rate, samples, scales[i], type))],
            padding is { } missing
                ? new PaddedSamples(new NumberSamples(file.Source, table, data.Offset, samples, [.. scales.Select((_, i) => new NumberColumn(i))]), missing, scales)
                : new NumberSamples(file.Source, table, data.Offset, samples, [.. scales.Select((s, i) => new NumberColumn(i, s.Gain, s.Offset))]),
            RemarksOf(definitions, rate))
        {
            OffsetMilliseconds = group.Number(DicomTag.GroupTimeOffset) ?? 0,
        };
    }

    private static Channel ChannelOf(DicomDataset definition, int index, ChannelKind kind, double rate, long samples, WaveformScale scale, NumberType type)
    {
        var source = definition.FirstItem(DicomTag.ChannelSource);
        var label = definition.Text(DicomTag.ChannelLabel) ?? source?.Text(DicomTag.CodeMeaning) ?? source?.Text(DicomTag.CodeValue) ?? FormattableString.Invariant($"channel {index + 1}");
        return new(label, kind, scale.Unit, rate, samples)
        {
            Calibration = CalibrationOf(scale, type),
            Prefilter = PrefilterOf(definition),
        };
    }

    private static Calibration? CalibrationOf(WaveformScale scale, NumberType type)
    {
        var (low, high) = type switch
        {
            NumberType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            NumberType.UInt8 => (byte.MinValue, byte.MaxValue),
            NumberType.Int16 => (short.MinValue, short.MaxValue),
            NumberType.UInt16 => (ushort.MinValue, ushort.MaxValue),
            NumberType.Int32 => ((long)int.MinValue, (long)int.MaxValue),
            _ => (0, uint.MaxValue),
        };
        return new(scale.Gain, scale.Offset, low, high, (low * scale.Gain) + scale.Offset, (high * scale.Gain) + scale.Offset);
    }

    private static string PrefilterOf(DicomDataset definition)
    {
        var parts = new List<string>();
        foreach (var (tag, name) in new[] { (DicomTag.FilterLowFrequency, "HP"), (DicomTag.FilterHighFrequency, "LP"), (DicomTag.NotchFrequency, "N") })
        {
            if (definition.Number(tag) is > 0 and var hz)
            {
                parts.Add(FormattableString.Invariant($"{name}:{hz}Hz"));
            }
        }

        return string.Join(' ', parts);
    }

    // The samples of a skewed channel stay where they are stored: the user is told.
    private static string[] RemarksOf(IReadOnlyList<DicomDataset> definitions, double rateHz)
    {
        var skews = definitions.Select(d => d.Number(DicomTag.ChannelTimeSkew) ?? (d.Number(DicomTag.ChannelSampleSkew) ?? 0) / rateHz).ToArray();
        var remarks = new List<string>();
        if (skews.Any(s => s != 0))
        {
            remarks.Add(FormattableString.Invariant($"Channels were sampled up to {1000 * skews.Max(Math.Abs):0.###} ms apart (channel skew); samples are as stored."));
        }

        var unscaled = definitions.Count(d => d.Number(DicomTag.ChannelSensitivity) is null);
        if (unscaled > 0)
        {
            remarks.Add(FormattableString.Invariant($"{unscaled} channel(s) state no sensitivity: their values are as stored, without a unit."));
        }

        return [.. remarks];
    }

    private static NumberType TypeOf(DicomFile file, DicomDataset group, string label)
    {
        var bits = group.Integer(DicomTag.WaveformBitsAllocated);
        var meaning = group.Text(DicomTag.WaveformInterpretation) ?? "";
        return (bits, meaning) switch
        {
            (8, "SB") => NumberType.Int8,
            (8, "UB") => NumberType.UInt8,
            (16, "SS") => NumberType.Int16,
            (16, "US") => NumberType.UInt16,
            (32, "SL") => NumberType.Int32,
            (32, "UL") => NumberType.UInt32,
            (8, "MB" or "AB") => throw new UnfitInputException($"{file.Path}: the waveform {label} is coded as companded sound ({meaning}), which is not read; linear samples are."),
            _ => throw Fault(file, label, "sample interpretation", FormattableString.Invariant($"{meaning} of {bits} bits"), "SB, UB of 8, SS, US of 16 or SL, UL of 32 bits"),
        };
    }

    private static MalformedFileException Fault(DicomFile file, string label, string field, string? found, string expected) =>
        new(file.Path, null, $"{field} of {label}", found is null ? "none" : $"\"{found}\"", expected);
}

/// <summary>How stored numbers of a channel become values.</summary>
internal readonly record struct WaveformScale(double Gain, double Offset, Unit Unit)
{
    public static WaveformScale Of(DicomDataset definition)
    {
        if (definition.Number(DicomTag.ChannelSensitivity) is not { } sensitivity)
        {
            return new(1, 0, Unit.Unknown);
        }

        var units = definition.FirstItem(DicomTag.ChannelSensitivityUnits);
        return new(
            sensitivity * (definition.Number(DicomTag.ChannelSensitivityCorrection) is { } factor && factor != 0 ? factor : 1),
            definition.Number(DicomTag.ChannelBaseline) ?? 0,
            Unit.Parse(units?.Text(DicomTag.CodeValue) ?? units?.Text(DicomTag.CodeMeaning)));
    }
}

/// <summary>Samples of which one stored value means that nothing was sampled: it reads as not a number.</summary>
internal sealed class PaddedSamples(NumberSamples stored, double padding, WaveformScale[] scales) : ISampleSource
{
    public int ChannelCount => stored.ChannelCount;

    public long Count(int channel) => stored.Count(channel);

    public void Read(int channel, long first, Span<double> into) => Read([channel], first, into.Length, into);

    public void Read(ReadOnlySpan<int> channels, long first, int count, Span<double> into)
    {
        stored.Read(channels, first, count, into);
        for (var i = 0; i < channels.Length; i++)
        {
            var (gain, offset, _) = scales[channels[i]];
            foreach (ref var value in into.Slice(i * count, count))
            {
                value = value == padding ? double.NaN : (value * gain) + offset;
            }
        }
    }
}
