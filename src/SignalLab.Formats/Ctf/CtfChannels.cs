using SignalLab.Formats.Meg;
using SignalLab.Model;

namespace SignalLab.Formats.Ctf;

/// <summary>Channels of a dataset as the model knows them.</summary>
internal static class CtfChannels
{
    // FIFF's numbers for CTF coils.
    private const int GradiometerCoil = 5001, ReferenceMagnetometerCoil = 5002, ReferenceGradiometerCoil = 5003, OffDiagonalCoil = 5004;

    /// <summary>
    /// From the dewar's frame, whose x lies between front and right, to the device frame: x right, y front, origin near the middle of the head.
    /// Source: MNE-C manual, "Coordinate systems of the CTF system".
    /// </summary>
    public static Affine DewarToDevice { get; } = new([Math.Sqrt(0.5), -Math.Sqrt(0.5), 0, 0, Math.Sqrt(0.5), Math.Sqrt(0.5), 0, 0, 0, 0, 1, 0.19]);

    /// <summary>A channel.</summary>
    public static Channel ToChannel(Res4Channel channel, Res4Header header, long count, CtfElectrodes electrodes, HeadCoils coils)
    {
        var (kind, unit) = KindOf(channel.SensorType);
        var (sensor, frame) = channel.IsField ? (Coil(channel), Frame.Device) : (Electrode(channel, electrodes, coils), Frame.Head);
        return new(channel.Name, kind, unit, header.RateHz, count)
        {
            Sensor = sensor,
            Frame = sensor is null ? null : frame,
            CompensationGrade = channel.SensorType == Res4Channel.Gradiometer ? channel.Grade : null,
            Prefilter = kind == ChannelKind.Stim ? "" : header.Prefilter,
            Calibration = new(channel.Step, 0, int.MinValue, int.MaxValue, int.MinValue * channel.Step, int.MaxValue * channel.Step),
        };
    }

    /// <summary>Says what a reader of the numbers must know.</summary>
    public static void Describe(Res4Header header, IReadOnlyList<Channel> channels, List<string> remarks)
    {
        int[] grades = [.. header.Channels.Where(c => c.SensorType == Res4Channel.Gradiometer).Select(c => c.Grade).Distinct().Order()];
        if (grades.Length > 0 && (header.Coefficients > 0 || grades.Any(g => g != 0)))
        {
            remarks.Add(FormattableString.Invariant(
                $"Reference-sensor compensation: samples are at grade {string.Join(", ", grades)} as stored; the file's {header.Coefficients} rows of coefficients are not applied."));
        }

        if (header.AverageCount > 0)
        {
            remarks.Add(FormattableString.Invariant($"The trials are averages of {header.AverageCount} trials."));
        }

        var lost = header.Channels.Zip(channels).Count(p => p.First.IsField && p.Second.Sensor is null);
        if (lost > 0)
        {
            remarks.Add(FormattableString.Invariant($"{lost} field sensors have no position."));
        }
    }

    private static (ChannelKind Kind, Unit Unit) KindOf(int sensorType) => sensorType switch
    {
        Res4Channel.ReferenceMagnetometer or Res4Channel.ReferenceGradiometer => (ChannelKind.RefMeg, Unit.Tesla),
        Res4Channel.Gradiometer => (ChannelKind.Mag, Unit.Tesla),
        Res4Channel.Electrode => (ChannelKind.Eeg, Unit.Volt),
        Res4Channel.Trigger => (ChannelKind.Stim, Unit.One),
        10 or 14 or 18 => (ChannelKind.Misc, Unit.Volt),
        13 => (ChannelKind.Position, Unit.Metre),
        _ => (ChannelKind.Misc, Unit.Unknown),
    };

    private static Sensor? Coil(Res4Channel channel)
    {
        var (position, normal) = channel.Coils[0];
        if (!double.IsFinite(position.Norm + normal.Norm) || position.Norm < 1e-3 || normal.Norm < 1e-3)
        {
            return null;
        }

        // A positive gain means that the field counts against the coil's normal.
        normal = (channel.ProperGain > 0 ? -1 : 1) * normal;
        var (type, axes) = (GradiometerCoil, Axes(normal));
        if (channel.SensorType == Res4Channel.ReferenceMagnetometer)
        {
            type = ReferenceMagnetometerCoil;
        }
        else if (channel.SensorType == Res4Channel.ReferenceGradiometer)
        {
            type = ReferenceGradiometerCoil;
            var baseline = channel.Coils.Count > 1 ? position - channel.Coils[1].PositionMetres : default;
            if (baseline.Norm > 0 && double.IsFinite(baseline.Norm) && Math.Abs(baseline.Unit().Dot(normal.Unit())) < 1e-3)
            {
                // The two coils lie side by side: the gradient is across the normal, the place between them.
                (type, axes) = (OffDiagonalCoil, (baseline.Unit(), normal.Unit().Cross(baseline.Unit()), normal.Unit()));
                position -= 0.5 * baseline;
            }
        }

        return new(channel.Name, DewarToDevice.Apply(position), new Coil(
            type, DewarToDevice.ApplyDirection(axes.Ex), DewarToDevice.ApplyDirection(axes.Ey), DewarToDevice.ApplyDirection(axes.Ez)));
    }

    private static (Point3 Ex, Point3 Ey, Point3 Ez) Axes(Point3 normal) =>
        normal.Norm - Math.Abs(normal.Z) < 1e-5 ? CoilAxes.With(normal, new(1, 0, 0)) : CoilAxes.Around(normal);

    // Electrodes of the .eeg file first; else the header holds their places in head coordinates.
    private static Sensor? Electrode(Res4Channel channel, CtfElectrodes electrodes, HeadCoils coils)
    {
        if (channel.SensorType != Res4Channel.Electrode || coils.ToHead is not { } toHead)
        {
            return null;
        }

        if (electrodes.Positions is { } positions)
        {
            return positions.TryGetValue(channel.Name, out var found) ? new(channel.Name, found) : null;
        }

        var position = channel.Coils[0].PositionMetres;
        return double.IsFinite(position.Norm) && position.Norm > 1e-4 ? new(channel.Name, toHead.Apply(position)) : null;
    }
}
