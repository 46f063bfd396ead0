using System.Text.Json;
using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Electrodes;

/// <summary>
/// What a BIDS coordsystem.json says: system, unit, orientation and landmarks.
/// Source: BIDS 1.10, "Coordinate System JSON" and appendix "Coordinate systems".
/// </summary>
internal sealed class BidsCoordinateSystem
{
    // Systems with x to the front and y to the left (ALS); the others have x right, y front (RAS).
    private static readonly string[] FrontLeft = ["CTF", "4DBti", "KitYokogawa", "EEGLAB", "EEGLAB-HJ"];

    private bool frontLeft;

    /// <summary>Nothing is said.</summary>
    public static BidsCoordinateSystem None { get; } = new();

    /// <summary>True where there is such a file.</summary>
    public bool Exists { get; private init; }

    /// <summary>The system of the electrodes as it is called, empty where it is not stated.</summary>
    public string Name { get; private set; } = "";

    /// <summary>True where positions are pixels of a picture.</summary>
    public bool IsPicture { get; private set; }

    /// <summary>Unit of the positions, or null where it is not stated.</summary>
    public double? MetresPerUnit { get; private set; }

    /// <summary>Landmarks in the positions' unit, x right, y front, z up; none where they are of another system than the electrodes.</summary>
    public IReadOnlyList<(string Name, Point3 Place)> Landmarks { get; private set; } = [];

    /// <summary>Reads the file that belongs to an electrodes.tsv by its name.</summary>
    public static BidsCoordinateSystem Beside(string tablePath)
    {
        const string ending = "electrodes.tsv";
        return tablePath.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && tablePath[..^ending.Length] + "coordsystem.json" is var path && File.Exists(path) ? Read(path) : None;
    }

    /// <summary>Reads such a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MalformedFileException">It is no JSON object.</exception>
    public static BidsCoordinateSystem Read(string path)
    {
        var root = SafeJson.Load(path, "coordinate system description");
        var system = new BidsCoordinateSystem { Exists = true };

        // In an MEG folder electrodes have their own statement, or share that of the coils.
        foreach (var modality in new[] { "EEG", "iEEG", "NIRS", "MEG" })
        {
            var (name, unit) = (Text(root, modality + "CoordinateSystem"), Text(root, modality + "CoordinateUnits"));
            if (name is not null || unit is not null)
            {
                system.Name = name ?? "";
                system.MetresPerUnit = Length(unit);
                system.IsPicture = system.Name.Equals("Pixels", StringComparison.OrdinalIgnoreCase) || "pixels".Equals(unit, StringComparison.OrdinalIgnoreCase);
                system.frontLeft = FrontLeft.Contains(system.Name, StringComparer.OrdinalIgnoreCase);
                break;
            }
        }

        var isOther = Text(root, "AnatomicalLandmarkCoordinateSystem") is { } theirs && system.Name.Length > 0 && !theirs.Equals(system.Name, StringComparison.OrdinalIgnoreCase);
        if (!isOther && root.TryGetProperty("AnatomicalLandmarkCoordinates", out var landmarks) && landmarks.ValueKind == JsonValueKind.Object && system.MetresPerUnit is { } metres)
        {
            var scale = (Length(Text(root, "AnatomicalLandmarkCoordinateUnits")) ?? metres) / metres;
            system.Landmarks = [.. landmarks.EnumerateObject().Select(l => (l.Name, Place: Place(l.Value))).Where(l => l.Place is not null).Select(l => (l.Name, system.Turned(scale * l.Place!.Value)))];
        }

        return system;
    }

    /// <summary>A position of the file with x right, y front, z up.</summary>
    public Point3 Turned(Point3 p) => frontLeft ? new(-p.Y, p.X, p.Z) : p;

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Length(string? unit) => Unit.Parse(unit) is var u && u.ConvertsTo(Unit.Metre) ? u.Scale : null;

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
