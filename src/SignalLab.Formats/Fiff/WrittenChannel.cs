using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>A channel as it is written: calibrated to SI, so that range, calibration and exponent are 1, 1 and 0.</summary>
/// <param name="Info">The description.</param>
/// <param name="ShortName">A name that fits the 16 bytes of the structure, unique in the file.</param>
/// <param name="Factor">From the recording's unit to the written one.</param>
/// <param name="Offset">Summand in the written unit.</param>
internal sealed record WrittenChannel(ChannelInfo Info, string ShortName, double Factor, double Offset)
{
    private const int LongestShortName = 15;
    private const int EegCoil = 1;

    /// <summary>True where the structure does not hold the name.</summary>
    public bool NeedsLongName => ShortName != Info.Name;

    /// <summary>Describes a recording's channels.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="losses">Receives what FIFF cannot keep.</param>
    public static IReadOnlyList<WrittenChannel> Of(Recording recording, List<Loss> losses)
    {
        var transforms = new TransformGraph(recording.Transforms);
        var names = ShortNames([.. recording.Channels.Select(c => c.Label)]);
        var displaced = new List<string>();
        var written = recording.Channels.Select((c, i) => Of(recording, c, names[i], transforms, displaced)).ToList();
        if (displaced.Count > 0)
        {
            losses.Add(new(Aspect.Positions, $"FIFF keeps electrodes in the head's and coils in the device's frame; no transform leads there, so the positions of {string.Join(", ", displaced)} are left out."));
        }

        string[] kinds = [.. recording.Channels.Select(c => c.Kind).Distinct().Where(k => k != ChannelKind.Misc && FiffKinds.For(k) == FiffKinds.Misc).Select(k => k.ToString().ToLowerInvariant())];
        if (kinds.Length > 0)
        {
            losses.Add(new(Aspect.Kinds, $"FIFF has no channel kind for {string.Join(", ", kinds)}: written as miscellaneous."));
        }

        return written;
    }

    private static WrittenChannel Of(Recording recording, Channel channel, string shortName, TransformGraph transforms, List<string> displaced)
    {
        var (unitCode, unit) = FiffUnits.For(channel.Unit);
        var (factor, offset) = unitCode == FiffUnits.None ? (1, 0) : channel.Unit.To(unit);
        var kind = FiffKinds.For(channel.Kind);
        var isField = kind is FiffKinds.Meg or FiffKinds.RefMeg;
        if (kind == FiffKinds.Meg && unitCode is not (FiffUnits.Tesla or FiffUnits.TeslaPerMetre))
        {
            kind = FiffKinds.Misc;
        }

        var location = Enumerable.Repeat(double.NaN, 12).ToArray();
        if (channel.Sensor is { } sensor && FiffKinds.FrameOf(kind) != FiffFrames.Unknown)
        {
            if (ToFrame(recording, channel, transforms, isField ? Frame.Device : Frame.Head) is { } matrix)
            {
                location = Location(sensor, matrix);
            }
            else
            {
                displaced.Add(channel.Label);
            }
        }

        var coil = channel.Sensor?.Coil?.CoilType ?? (FiffKinds.FrameOf(kind) == FiffFrames.Head ? EegCoil : 0);
        return new(
            new()
            {
                Name = channel.Label,
                Kind = kind,
                Range = 1,
                Calibration = 1,
                CoilType = coil | (isField ? (channel.CompensationGrade ?? 0) << ChannelInfo.GradeShift : 0),
                Location = location,
                Unit = unitCode,
                UnitExponent = 0,
                Frame = FiffKinds.FrameOf(kind),
            },
            shortName, factor, offset);
    }

    private static Affine? ToFrame(Recording recording, Channel channel, TransformGraph transforms, Frame wanted)
    {
        if (channel.Frame == wanted)
        {
            return Affine.Identity;
        }

        try
        {
            return channel.Frame is { } frame ? transforms.Between(frame, wanted) : null;
        }
        catch (UnfitInputException)
        {
            // No path: the landmarks digitised with the electrodes may define the head frame.
            return wanted == Frame.Head && channel.Frame is { } own
                ? new SensorLayout(own, [], recording.Fiducials, "").ToHead()?.Matrix
                : null;
        }
    }

    private static double[] Location(Sensor sensor, Affine matrix)
    {
        var at = matrix.Apply(sensor.PositionMetres);
        if (sensor.Coil is not { } coil)
        {
            return [at.X, at.Y, at.Z, 0, 0, 0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN];
        }

        return [at.X, at.Y, at.Z, .. new[] { coil.Ex, coil.Ey, coil.Ez }.Select(matrix.ApplyDirection).SelectMany(a => new[] { a.X, a.Y, a.Z })];
    }

    private static string[] ShortNames(string[] labels)
    {
        var used = new HashSet<string>(labels.Where(Fits), StringComparer.Ordinal);
        var names = new string[labels.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            names[i] = labels[i];
            for (var n = 1; !Fits(labels[i]) && (n == 1 || !used.Add(names[i])); n++)
            {
                var ending = FormattableString.Invariant($"~{i + n}");
                var clean = string.Concat(labels[i].Select(c => c is > ' ' and < (char)127 and not ':' ? c : '_'));
                names[i] = clean[..Math.Min(clean.Length, LongestShortName - ending.Length)] + ending;
            }
        }

        return names;
    }

    private static bool Fits(string label) => label.Length is > 0 and <= LongestShortName && label.All(c => c is >= ' ' and < (char)127 and not ':');
}
