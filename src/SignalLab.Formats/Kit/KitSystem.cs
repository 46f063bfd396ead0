using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Kit;

/// <summary>The system that recorded: converter, amplifier and filters.</summary>
internal sealed record KitSystem
{
    public required int Identifier { get; init; }

    public required int ChannelCount { get; init; }

    public required NumberType SampleType { get; init; }

    /// <summary>Volts a step at the converter.</summary>
    public required double VoltsPerStep { get; init; }

    /// <summary>Bits of a number that the converter filled.</summary>
    public required int StoredBits { get; init; }

    /// <summary>Amplification between a sensor and the converter.</summary>
    public required double AmplifierGain { get; init; }

    public string Prefilter { get; init; } = "";

    /// <summary>When the file was made, UTC.</summary>
    public DateTime? Created { get; init; }

    public IReadOnlyList<string> Comments { get; init; } = [];

    // Systems whose first files (before version 2, revision 3) are known to have converted 5 V into 11 bits.
    private static readonly int[] ElevenBitSystems = [32, 33, 34, 51];

    /// <summary>Reads the system's record and the amplifier's setting.</summary>
    /// <param name="directory">The file.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    public static KitSystem Read(KitDirectory directory, List<string> remarks)
    {
        var fields = directory.Fields(KitDirectory.System, "system");
        var (version, revision) = (fields.Int32("version"), fields.Int32("revision"));
        var identifier = fields.Int32("system number");
        string[] names = [fields.Text(128, "system name").Replace('\n', '/'), fields.Text(128, "model name").Replace('\n', '/')];
        var channels = fields.Int32("number of channels");
        var inDirectory = directory.Entry(KitDirectory.Channels, "channels");
        if (channels <= 0 || channels > inDirectory.Count)
        {
            throw fields.Fault(4, "number of channels", FormattableString.Invariant($"{channels}, with {inDirectory.Count} described"), "a description a channel");
        }

        var comment = fields.Text(256, "comment");
        var created = fields.Int32("time of creation");
        fields.Skip((1 + 3 + 1 + 3) * 4);
        var lockedLoop = fields.Int32("type of flux-locked loop");
        fields.Skip((3 + 1 + 3 + 1 + 29) * 4);
        var isOld = version < 2 || (version == 2 && revision <= 3);
        var range = isOld ? fields.Int32("converter range") : fields.Double("converter range");
        fields.Skip(4);
        var (bits, stored) = (fields.Int32("bits a sample"), fields.Int32("bits of the converter"));
        var sampleType = bits switch { 16 => NumberType.Int16, 32 => NumberType.Int32, _ => throw fields.Fault(8, "bits a sample", FormattableString.Invariant($"{bits}"), "16 or 32") };
        if (version < 2 || (version == 2 && revision < 3))
        {
            (range, stored) = ElevenBitSystems.Contains(identifier)
                ? (5, 11)
                : throw new UnfitInputException(FormattableString.Invariant(
                    $"{directory.Bytes.Path}: a file of version {version}, revision {revision} of system {identifier} does not tell its scale; save it again with MEG Laboratory (version 2, revision 3 or later)."));
        }

        if (!double.IsFinite(range) || range <= 0 || stored is < 1 or > 32)
        {
            throw fields.Fault(12, "converter", FormattableString.Invariant($"{range} V in {stored} bits"), "a positive range and 1 to 32 bits");
        }

        var (gain, prefilter) = KitAmplifier.Read(directory.Fields(KitDirectory.Amplifier, "amplifier").Int32("amplifier"), lockedLoop, remarks);
        return new()
        {
            Identifier = identifier,
            ChannelCount = channels,
            SampleType = sampleType,
            VoltsPerStep = range / Math.Pow(2, stored),
            StoredBits = stored,
            AmplifierGain = gain,
            Prefilter = prefilter,
            Created = created > 0 ? DateTime.UnixEpoch.AddSeconds(created) : null,
            Comments = [.. names.Append(comment).Append(FormattableString.Invariant($"system {identifier}, file version {version}, revision {revision}")).Where(c => c.Length > 0)],
        };
    }
}
