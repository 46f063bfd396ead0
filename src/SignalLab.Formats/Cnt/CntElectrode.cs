using System.Buffers.Binary;
using SignalLab.Model;

namespace SignalLab.Formats.Cnt;

/// <summary>An electrode as the file describes it: microvolts = (number − baseline) × gain.</summary>
/// <param name="Label">Its name.</param>
/// <param name="IsBad">True where it was marked as bad.</param>
/// <param name="Baseline">The number that stands for 0 µV.</param>
/// <param name="MicrovoltsPerStep">Its gain.</param>
internal sealed record CntElectrode(string Label, bool IsBad, short Baseline, double MicrovoltsPerStep)
{
    // Steps of the amplifier's converter that the sensitivity is stated for.
    private const double StepsPerSensitivity = 204.8;

    /// <summary>Reads all electrodes.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="count">How many.</param>
    public static CntElectrode[] ReadAll(ByteSource bytes, int count)
    {
        var part = bytes.Read(CntHeader.SetupBytes, (long)CntHeader.ElectrodeBytes * count, "electrodes");
        return [.. Enumerable.Range(0, count).Select(e => One(bytes.Path, part.AsSpan(e * CntHeader.ElectrodeBytes, CntHeader.ElectrodeBytes), e))];
    }

    private static CntElectrode One(string path, ReadOnlySpan<byte> part, int electrode)
    {
        var label = CntHeader.Text(part, 0, 10);
        double sensitivity = BinaryPrimitives.ReadSingleLittleEndian(part[59..]);
        double calibration = BinaryPrimitives.ReadSingleLittleEndian(part[71..]);
        var gain = sensitivity * calibration / StepsPerSensitivity;
        return double.IsFinite(gain) && gain != 0
            ? new(label, part[14] != 0, BinaryPrimitives.ReadInt16LittleEndian(part[47..]), gain)
            : throw new MalformedFileException(
                path, CntHeader.SetupBytes + (electrode * CntHeader.ElectrodeBytes) + 59, $"sensitivity of '{label}'", FormattableString.Invariant($"{sensitivity} × {calibration}"), "numbers other than 0");
    }
}
