using System.Text.Json;
using SignalLab.Model;

namespace SignalLab.Formats.Electrodes;

/// <summary>
/// What the coordsystem.json beside a BIDS electrodes.tsv says: unit, orientation and landmarks.
/// Source: BIDS 1.9, "Coordinate System JSON" of EEG and appendix "Coordinate systems".
/// </summary>
internal sealed class BidsCoordinateSystem
{
    // Systems with x to the front and y to the left (ALS); the others have x right, y front (RAS).
    private static readonly string[] FrontLeft = ["CTF", "4DBti", "KitYokogawa", "EEGLAB"];

    private static readonly BidsCoordinateSystem None = new();

    private bool frontLeft;

    /// <summary>True where there is such a file.</summary>
    public bool Exists { get; private init; }

    /// <summary>Unit of the positions, or null where it is not stated.</summary>
    public double? MetresPerUnit { get; private set; }

    /// <summary>Landmarks in the positions' unit, x right, y front, z up.</summary>
    public IReadOnlyList<(string Name, Point3 Place)> Landmarks { get; private set; } = [];

    /// <summary>Reads the file that belongs to an electrodes.tsv.</summary>
    public static BidsCoordinateSystem Beside(string tablePath)
    {
        const string ending = "electrodes.tsv";
        if (!tablePath.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
        {
            return None;
        }

        var path = tablePath[..^ending.Length] + "coordsystem.json";
        if (!File.Exists(path))
        {
            return None;
        }

        var bytes = ByteSource.Open(path);
        var content = bytes.Read(0, Math.Min(bytes.Length, 1_000_000), "coordinate system");
        try
        {
            var utf8 = content.AsMemory(content.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0);
            using var document = JsonDocument.Parse(utf8);
            return Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new MalformedFileException(path, e.BytePositionInLine, "JSON", "text that is no JSON", "a coordinate system description", e);
        }
    }

    /// <summary>A position of the file with x right, y front, z up.</summary>
    public Point3 Turned(Point3 p) => frontLeft ? new(-p.Y, p.X, p.Z) : p;

    private static BidsCoordinateSystem Read(JsonElement root)
    {
        var system = new BidsCoordinateSystem { Exists = true };
        if (root.ValueKind != JsonValueKind.Object)
        {
            return system;
        }

        foreach (var modality in new[] { "EEG", "iEEG", "MEG" })
        {
            system.MetresPerUnit ??= Length(root, modality + "CoordinateUnits");
            system.frontLeft |= FrontLeft.Contains(Text(root, modality + "CoordinateSystem"), StringComparer.OrdinalIgnoreCase);
        }

        if (root.TryGetProperty("AnatomicalLandmarkCoordinates", out var landmarks) && landmarks.ValueKind == JsonValueKind.Object && system.MetresPerUnit is { } unit)
        {
            var scale = (Length(root, "AnatomicalLandmarkCoordinateUnits") ?? unit) / unit;
            system.Landmarks = [.. landmarks.EnumerateObject().Select(l => (l.Name, Place: Place(l.Value))).Where(l => l.Place is not null).Select(l => (l.Name, system.Turned(scale * l.Place!.Value)))];
        }

        return system;
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Length(JsonElement root, string name) => Unit.Parse(Text(root, name)) is var u && u.ConvertsTo(Unit.Metre) ? u.Scale : null;

    private static Point3? Place(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != 3 || value.EnumerateArray().Any(v => v.ValueKind != JsonValueKind.Number))
        {
            return null;
        }

        var place = new Point3(value[0].GetDouble(), value[1].GetDouble(), value[2].GetDouble());
        return double.IsFinite(place.Norm) ? place : null;
    }
}
