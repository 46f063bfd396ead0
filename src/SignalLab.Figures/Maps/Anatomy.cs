using SignalLab.Model;

namespace SignalLab.Figures.Maps;

/// <summary>Which way a slice is looked at.</summary>
public enum ViewConvention
{
    /// <summary>Left is left; the front of a sagittal slice is to the right.</summary>
    Neurological,

    /// <summary>As if facing the patient: the patient's right is to the left, and so is the front of a sagittal slice.</summary>
    Radiological,
}

/// <summary>The plane a slice lies nearest to.</summary>
internal enum SlicePlane
{
    /// <summary>Across the body, seen with the front up.</summary>
    Axial,

    /// <summary>Ear to ear, seen with the top up.</summary>
    Coronal,

    /// <summary>Front to back, seen with the top up.</summary>
    Sagittal,
}

/// <summary>Names of directions in frames where x is right, y front and z up.</summary>
internal static class Anatomy
{
    // The sine of 20 degrees: from there on an oblique direction needs its second letter.
    private const double Oblique = 0.342;

    private static readonly HashSet<string> Frames = ["head", "mri", "scanner", "mni", "talairach", "aligned", "template"];

    /// <summary>True where a frame's axes are right, front and up.</summary>
    public static bool Has(Frame frame) => frame.Name is { } name && Frames.Contains(name.Split(':')[0]);

    /// <summary>The letters of a direction: R L, A P, S I, the nearest axis first.</summary>
    /// <remarks>Source: DICOM PS3.3 C.7.6.1.1.1, in the letters of neuroimaging (S and I for H and F).</remarks>
    public static string Letters(Point3 direction)
    {
        var d = direction.Unit();
        (double Part, char Plus, char Minus)[] parts = [(d.X, 'R', 'L'), (d.Y, 'A', 'P'), (d.Z, 'S', 'I')];
        var sorted = parts.OrderByDescending(p => Math.Abs(p.Part)).ToArray();
        return string.Concat(sorted.Where((p, i) => i == 0 || Math.Abs(p.Part) > Oblique).Select(p => p.Part >= 0 ? p.Plus : p.Minus));
    }

    /// <summary>The plane whose normal is nearest.</summary>
    public static SlicePlane PlaneOf(Point3 normal)
    {
        var (x, y, z) = (Math.Abs(normal.X), Math.Abs(normal.Y), Math.Abs(normal.Z));
        return z >= x && z >= y ? SlicePlane.Axial : y >= x ? SlicePlane.Coronal : SlicePlane.Sagittal;
    }

    /// <summary>What is to the right and what is up on the page.</summary>
    public static (Point3 Right, Point3 Up) Directions(SlicePlane plane, ViewConvention convention)
    {
        var side = convention == ViewConvention.Neurological ? 1 : -1;
        return plane switch
        {
            SlicePlane.Axial => (new(side, 0, 0), new(0, 1, 0)),
            SlicePlane.Coronal => (new(side, 0, 0), new(0, 0, 1)),
            _ => (new(0, side, 0), new(0, 0, 1)),
        };
    }
}
