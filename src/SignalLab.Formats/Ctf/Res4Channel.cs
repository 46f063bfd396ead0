using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Ctf;

/// <summary>A coil as the header places it, in the dewar's frame.</summary>
/// <param name="PositionMetres">Its centre.</param>
/// <param name="Normal">Its direction, of any length.</param>
internal readonly record struct Res4Coil(Point3 PositionMetres, Point3 Normal);

/// <summary>A channel of the header: 48 bytes, eight coils in dewar coordinates and eight in head coordinates, 80 bytes each.</summary>
internal sealed record Res4Channel
{
    public const int ReferenceMagnetometer = 0, ReferenceGradiometer = 1, Gradiometer = 5, Electrode = 9, Trigger = 11;

    private const int NameBytes = 32;
    private const int Bytes = 48 + (16 * CoilBytes);
    private const int CoilBytes = 80;

    public required string Name { get; init; }

    public required int SensorType { get; init; }

    public required double ProperGain { get; init; }

    /// <summary>Units a step: 1 / (proper gain × q gain × input-output gain).</summary>
    public required double Step { get; init; }

    /// <summary>Order of the reference compensation that its samples have, 0 for none.</summary>
    public required int Grade { get; init; }

    public required IReadOnlyList<Res4Coil> Coils { get; init; }

    /// <summary>True for the kinds that measure a magnetic field.</summary>
    public bool IsField => SensorType is ReferenceMagnetometer or ReferenceGradiometer or Gradiometer;

    /// <summary>Reads names and descriptions.</summary>
    /// <param name="fields">At the first name.</param>
    /// <param name="count">Channels.</param>
    public static IReadOnlyList<Res4Channel> ReadAll(FieldCursor fields, int count)
    {
        fields.Require((long)count * (NameBytes + Bytes), "channels");
        string[] names = [.. Enumerable.Range(0, count).Select(_ => fields.Text(NameBytes, "channel name"))];
        return [.. names.Select(n => Read(fields, n))];
    }

    private static Res4Channel Read(FieldCursor fields, string name)
    {
        var start = fields.Position;
        var type = fields.Int16("sensor type");
        fields.Skip(6);
        var gain = fields.Double("proper gain");
        var quantisation = fields.Double("q gain");
        var inputOutput = fields.Double("input-output gain");
        fields.Skip(8);
        var coils = fields.Int16("number of coils");
        var grade = fields.Int16("gradient order");
        fields.Position = start + 48;
        var step = 1 / (gain * quantisation * (double.IsFinite(inputOutput) && inputOutput != 0 ? inputOutput : 1));
        if (!double.IsFinite(step) || step == 0)
        {
            throw new MalformedFileException(
                fields.Path, start + 8, $"gains of channel '{name}'", FormattableString.Invariant($"{gain} × {quantisation} × {inputOutput}"), "finite gains other than 0");
        }

        Res4Coil[] places = [.. Enumerable.Range(0, Math.Clamp((int)coils, 1, 2)).Select(_ => Coil(fields))];
        fields.Position = start + Bytes;
        return new() { Name = name, SensorType = type, ProperGain = gain, Step = step, Grade = grade, Coils = places };
    }

    private static Res4Coil Coil(FieldCursor fields)
    {
        var position = fields.Point("coil position");
        fields.Skip(8);
        var normal = fields.Point("coil direction");
        fields.Skip(CoilBytes - 56);
        return new(0.01 * position, normal);
    }
}
