using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Bti;

/// <summary>A channel as the configuration describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">1 field sensor, 2 electrode, 3 reference, 4 external, 5 trigger, 6 utility, 7 derived, 8 shorted.</param>
/// <param name="Gain">Amplification.</param>
/// <param name="UnitsPerBit">Units a step at gain 1.</param>
/// <param name="Coil">From the coil's own frame to 4D's head coordinates, or null.</param>
/// <param name="Loops">Loops of the coil.</param>
internal sealed record BtiConfiguredChannel(string Name, int Type, double Gain, double UnitsPerBit, Affine? Coil, int Loops)
{
    public const int Field = 1, Electrode = 2, Reference = 3, External = 4, Trigger = 5, Utility = 6, Derived = 7, Shorted = 8;
}

/// <summary>The system's configuration: sensors, user blocks, channels. Big-endian, records begin at multiples of 8 bytes.</summary>
/// <param name="Path">The file.</param>
/// <param name="Site">Where it stands.</param>
/// <param name="MainsHz">Mains frequency, or null.</param>
/// <param name="DeviceToHead">From the dewar's frame to 4D's head coordinates, or null.</param>
/// <param name="Channels">Channels by number; the first of equal numbers counts.</param>
/// <param name="Electrodes">Electrodes by name in 4D's head coordinates, metres.</param>
internal sealed record BtiConfig(string Path, string Site, double? MainsHz, Affine? DeviceToHead, IReadOnlyDictionary<int, BtiConfiguredChannel> Channels, IReadOnlyDictionary<string, Point3> Electrodes)
{
    private const int TransformBytes = 128, UserBlockBytes = 100, ChannelBytes = 92, LoopBytes = 104, ElectrodeBytes = 40;

    /// <summary>Reads a configuration.</summary>
    /// <param name="path">The file.</param>
    public static BtiConfig Read(string path)
    {
        var fields = new FieldCursor(ByteSource.OpenAsIs(path), isBigEndian: true);
        fields.Skip(2);
        var site = fields.Text(32, "site");
        fields.Skip(16 + 2 + 4);
        var (mains, channels) = (fields.Int16("mains frequency"), fields.Int16("number of channels"));
        fields.Skip(4 + 4);
        var (sensors, blocks) = (fields.Int16("number of sensors"), fields.Int16("number of user blocks"));
        if (channels <= 0 || sensors < 0 || blocks < 0)
        {
            throw fields.Fault(16, "counts", FormattableString.Invariant($"{channels} channels, {sensors} sensors, {blocks} user blocks"), "at least one channel, no negative count");
        }

        fields.Skip(2 + 2 + 4 + 32);
        fields.Require((long)TransformBytes * sensors, "transforms");
        Affine?[] transforms = [.. Enumerable.Range(0, sensors).Select(_ => Transform(fields))];
        var electrodes = new Dictionary<string, Point3>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < blocks; i++)
        {
            UserBlock(fields, electrodes);
        }

        var described = new Dictionary<int, BtiConfiguredChannel>();
        for (var i = 0; i < channels; i++)
        {
            var (number, channel) = Channel(fields);
            described.TryAdd(number, channel);
        }

        return new(path, site, mains is > 0 and < 1000 ? mains : null, transforms.FirstOrDefault(), described, electrodes);
    }

    // Four rows; the last one scales the first three.
    private static Affine? Transform(FieldCursor fields)
    {
        double[] n = [.. Enumerable.Range(0, 16).Select(_ => fields.Double("transform"))];
        if (!n.All(double.IsFinite))
        {
            return null;
        }

        for (var row = 0; row < 3; row++)
        {
            for (var column = 0; column < 3; column++)
            {
                n[(4 * row) + column] *= n[12 + row];
            }
        }

        var matrix = new Affine(n);
        return matrix.Determinant is var d && double.IsFinite(d) && d != 0 ? matrix : null;
    }

    private static void UserBlock(FieldCursor fields, Dictionary<string, Point3> electrodes)
    {
        var start = fields.Position;
        fields.Skip(4);
        var kind = fields.Text(20, "kind of a user block");
        fields.Position = start + 64;
        var room = (uint)fields.Int32("room of a user block");
        fields.Position = start + UserBlockBytes;
        fields.Align(8);
        fields.Require(room, "user block");
        var end = fields.Position + room;
        while (kind == "b_eeg_elec_locs" && fields.Position + ElectrodeBytes <= end)
        {
            var (name, place) = (fields.Text(16, "electrode"), fields.Point("electrode"));
            if (name.Length == 0)
            {
                break;
            }

            if (double.IsFinite(place.Norm))
            {
                electrodes.TryAdd(name, place);
            }
        }

        fields.Position = end;
        fields.Align(8);
    }

    private static (int Number, BtiConfiguredChannel Channel) Channel(FieldCursor fields)
    {
        var start = fields.Position;
        var name = fields.Text(16, "channel name");
        var (number, type) = (fields.Int16("channel number"), (ushort)fields.Int16("channel type"));
        fields.Skip(4);
        var (gain, unitsPerBit) = (fields.Single("channel gain"), fields.Single("units a bit"));
        fields.Position = start + ChannelBytes;
        fields.Align(8);
        fields.Skip(40);
        var (coil, loops) = ((Affine?)null, 0);
        switch (type)
        {
            case BtiConfiguredChannel.Field or BtiConfiguredChannel.Reference:
                fields.Skip(8);
                coil = Transform(fields);
                fields.Skip(2);
                loops = fields.Int16("loops of a coil");
                fields.Skip(36);
                fields.Require((long)LoopBytes * Math.Max(0, loops), "loops of a coil");
                fields.Skip((long)LoopBytes * Math.Max(0, loops));
                break;
            case BtiConfiguredChannel.Electrode:
                fields.Skip(8 + TransformBytes + 32);
                break;
            case BtiConfiguredChannel.External or BtiConfiguredChannel.Utility or BtiConfiguredChannel.Derived:
                fields.Skip(4 + 32);
                break;
            case BtiConfiguredChannel.Trigger:
                fields.Skip(4 + 2 + 32);
                break;
            case BtiConfiguredChannel.Shorted:
                fields.Skip(32);
                break;
            default:
                throw new MalformedFileException(fields.Path, start + 18, "channel type", FormattableString.Invariant($"{type} of channel '{name}'"), "1 to 8");
        }

        fields.Align(8);
        return (number, new(name, type, gain, unitsPerBit, coil, loops));
    }
}
