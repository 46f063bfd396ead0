using SignalLab.Formats.Meg;
using SignalLab.Model;

namespace SignalLab.Formats.Ctf;

/// <summary>Electrodes (<c>.eeg</c>: number, name, x y z in cm) and points of the head (<c>.pos</c>), moved from CTF's head coordinates to the head frame.</summary>
/// <param name="Positions">Named electrodes, or null where there is no <c>.eeg</c> file.</param>
/// <param name="HeadShape">Points of the scalp.</param>
internal sealed record CtfElectrodes(IReadOnlyDictionary<string, Point3>? Positions, IReadOnlyList<Point3> HeadShape)
{
    private const double NearestMetres = 0.01;

    private static readonly HashSet<string> Landmarks = new(["nasion", "lpa", "left", "rpa", "right"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads what stands beside the header.</summary>
    /// <param name="folder">The dataset.</param>
    /// <param name="coils">Gives the way to the head frame; without it nothing is read.</param>
    /// <param name="remarks">Receives what was left out.</param>
    public static CtfElectrodes Read(CtfFolder folder, HeadCoils coils, List<string> remarks)
    {
        var electrodes = folder.Companion(".eeg");
        string[] shapes = [.. Directory.EnumerateFiles(folder.Path, "*.pos").Order(StringComparer.Ordinal).Take(2)];
        if (coils.ToHead is not { } toHead)
        {
            if (File.Exists(electrodes) || shapes.Length > 0)
            {
                remarks.Add("Digitised points are left out: nothing joins them to the head frame.");
            }

            return new(null, []);
        }

        if (shapes.Length > 1)
        {
            remarks.Add("There are several .pos files; no head shape was read.");
        }

        var positions = new Dictionary<string, Point3>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in CompanionText.Lines(electrodes, "electrodes"))
        {
            if (CompanionText.Words(line) is { Length: 5 } words && !Landmarks.Contains(words[1]) && Metres(words) is { } position)
            {
                positions.TryAdd(words[1], toHead.Apply(position));
            }
        }

        var shape = shapes.Length != 1 ? [] : CompanionText.Lines(shapes[0], "head shape").Select(CompanionText.Words).Where(w => w.Length is 4 or 5).Select(Metres).OfType<Point3>();
        return new(File.Exists(electrodes) ? positions : null, [.. shape.Select(toHead.Apply)]);
    }

    // What lies at the origin was not digitised.
    private static Point3? Metres(string[] words) => CompanionText.LastPoint(words) is { } point && 0.01 * point is var metres && metres.Norm > NearestMetres ? metres : null;
}
