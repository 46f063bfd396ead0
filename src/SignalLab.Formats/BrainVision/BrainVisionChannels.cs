using System.Globalization;
using SignalLab.Formats.Electrodes;
using SignalLab.Formats.Labels;
using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.BrainVision;

/// <summary>A channel line: <c>Ch1=name,reference,resolution,unit</c>.</summary>
/// <param name="Name">The channel.</param>
/// <param name="Reference">The reference channel, empty where it is the common one.</param>
/// <param name="Resolution">Physical units a step.</param>
/// <param name="Unit">The unit.</param>
internal sealed record BrainVisionChannel(string Name, string Reference, double Resolution, Unit Unit);

/// <summary>Channel lines and positions of a header.</summary>
internal static class BrainVisionChannels
{
    private const string Infos = "Channel Infos";

    // A head has no radius of a few millimetres: smaller ones are a sphere without unit.
    private const double SmallestHeadMillimetres = 20;
    private const double HeadRadiusMetres = 0.095;

    /// <summary>A text without the coding of commas.</summary>
    /// <param name="text">A name, type or description as it stands.</param>
    public static string Unescape(string text) => text.Replace(@"\1", ",", StringComparison.Ordinal).Replace('\u0001', ',');

    /// <summary>The channel lines in order.</summary>
    /// <param name="header">The header.</param>
    /// <exception cref="MalformedFileException">A channel has no line, or no number where the resolution should stand.</exception>
    public static BrainVisionChannel[] Lines(BrainVisionHeader header)
    {
        var found = Numbered(header, Infos);
        var channels = new List<BrainVisionChannel>();
        for (var c = 1; c <= header.ChannelCount; c++)
        {
            if (!found.TryGetValue(c, out var value))
            {
                throw header.Text.Fault(Infos, FormattableString.Invariant($"Ch{c}"), FormattableString.Invariant($"a line for each of the {header.ChannelCount} channels"));
            }

            string[] fields = [.. value.Split(',').Select(f => f.Trim())];
            var resolution = 1.0;
            if (fields.Length > 2 && fields[2].Length > 0
                && (!double.TryParse(fields[2], NumberStyles.Float, CultureInfo.InvariantCulture, out resolution) || !double.IsNormal(resolution)))
            {
                throw header.Text.Fault(Infos, FormattableString.Invariant($"Ch{c}"), "name, reference, resolution and unit, the resolution a number other than 0");
            }

            channels.Add(new(Unescape(fields[0]), fields.Length > 1 ? Unescape(fields[1]) : "", resolution, BrainVisionUnit.Parse(fields.Length > 3 ? fields[3] : "")));
        }

        return [.. channels];
    }

    /// <summary>What a channel records, told by its name; the amplifiers record potentials of the head unless the unit says otherwise.</summary>
    /// <param name="name">The channel.</param>
    /// <param name="unit">Its unit.</param>
    public static ChannelKind KindOf(string name, Unit unit)
    {
        var isPotential = unit.ConvertsTo(Unit.Volt);
        return ChannelLabels.Of(name, isPotential ? unit : Unit.One, _ => true) is not ChannelKind.Other and var kind ? kind
            : isPotential ? ChannelKind.Eeg : ChannelKind.Misc;
    }

    /// <summary>The channels of a recording.</summary>
    /// <param name="header">The header.</param>
    /// <param name="lines">Its channel lines.</param>
    /// <param name="count">Samples a channel.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    public static Channel[] Of(BrainVisionHeader header, IReadOnlyList<BrainVisionChannel> lines, long count, List<string> remarks)
    {
        var filters = BrainVisionFilters.Of(header);
        var positions = Positions(header, remarks);
        return [.. lines.Select((line, c) => new Channel(line.Name, KindOf(line.Name, line.Unit), line.Unit, header.RateHz, count)
        {
            Sensor = positions.TryGetValue(c + 1, out var position) ? new Sensor(line.Name, position) : null,
            Frame = positions.ContainsKey(c + 1) ? Frame.Electrodes : null,
            Calibration = Steps(header.Type, line.Resolution),
            Prefilter = filters.GetValueOrDefault(c + 1, ""),
        })];
    }

    private static Calibration? Steps(NumberType? type, double resolution)
    {
        var (low, high) = type switch
        {
            NumberType.Int16 => (short.MinValue, short.MaxValue),
            NumberType.UInt16 => (ushort.MinValue, ushort.MaxValue),
            NumberType.Int32 => (int.MinValue, int.MaxValue),
            _ => (0, 0),
        };
        return high == 0 ? null : new(resolution, 0, low, high, Math.Min(low * resolution, high * resolution), Math.Max(low * resolution, high * resolution));
    }

    // Radius, inclination from the vertex and azimuth from the right ear; a radius of 0 is no position, 1 an idealised sphere, else millimetres.
    private static Dictionary<int, Point3> Positions(BrainVisionHeader header, List<string> remarks)
    {
        var found = new Dictionary<int, (double Radius, Point3 Direction)>();
        foreach (var (channel, value) in Numbered(header, "Coordinates"))
        {
            double[] numbers = [.. value.Split(',').Select(f => double.TryParse(f, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : double.NaN)];
            if (numbers is not [_, _, _, ..] || numbers.Any(double.IsNaN))
            {
                remarks.Add(FormattableString.Invariant($"The coordinates of channel {channel} are no radius and two angles; it has no position."));
            }
            else if (numbers[0] > 0 && numbers[0] < 1e6)
            {
                found[channel] = (numbers[0], SphericalAngles.FromThetaPhi(numbers[1], numbers[2]));
            }
        }

        var isUnitless = found.Count > 0 && found.Values.Max(f => f.Radius) < SmallestHeadMillimetres;
        if (!isUnitless)
        {
            return found.ToDictionary(f => f.Key, f => 1e-3 * f.Value.Radius * f.Value.Direction);
        }

        remarks.Add("The file states no unit of length: positions are scaled to a head of 0.095 m (median distance from the origin).");
        double[] radii = [.. found.Values.Select(f => f.Radius).Order()];
        var scale = HeadRadiusMetres / ((radii[(radii.Length - 1) / 2] + radii[radii.Length / 2]) / 2);
        return found.ToDictionary(f => f.Key, f => scale * f.Value.Radius * f.Value.Direction);
    }

    // Lines Ch<number>=…, the first of a number.
    private static Dictionary<int, string> Numbered(BrainVisionHeader header, string section)
    {
        var found = new Dictionary<int, string>();
        foreach (var line in header.Text[section])
        {
            if (line.Key is ['C' or 'c', 'H' or 'h', .. var digits] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                found.TryAdd(number, line.Value);
            }
        }

        return found;
    }
}
