using MathNet.Numerics.LinearAlgebra;
using SignalLab.Model;

namespace SignalLab.Analysis.Maps;

/// <summary>The sphere that stands for the head in a topographic map.</summary>
/// <param name="CentreMetres">Its centre, in the frame of the sensors.</param>
/// <param name="RadiusMetres">Its radius: that of the drawn head outline.</param>
public sealed record HeadSphere(Point3 CentreMetres, double RadiusMetres)
{
    /// <summary>Where nothing is known of the head: 0.095 m about the head frame's origin, as MNE-Python draws it.</summary>
    public static HeadSphere Default { get; } = new(new(0, 0, 0), 0.095);

    /// <summary>The sphere with the least squared distances to points.</summary>
    /// <param name="pointsMetres">At least four points that do not lie in one plane.</param>
    /// <returns>The best sphere.</returns>
    /// <exception cref="UnfitInputException">Too few points, or all in one plane.</exception>
    public static HeadSphere Fit(IReadOnlyList<Point3> pointsMetres)
    {
        ArgumentNullException.ThrowIfNull(pointsMetres);
        var sphere = Algebraic(pointsMetres);
        for (var iteration = 0; iteration < 100; iteration++)
        {
            var (next, step) = GaussNewton(pointsMetres, sphere);
            sphere = next;
            if (step < 1e-12 * sphere.RadiusMetres)
            {
                break;
            }
        }

        return double.IsFinite(sphere.RadiusMetres) ? sphere : throw Unfit(pointsMetres.Count);
    }

    /// <summary>
    /// The head of a recording in the frame of its channels of one kind: fitted to the digitised scalp points without those of the face
    /// (below and in front of the head frame's origin), the default head where fewer than four were digitised.
    /// For coils the centre is moved to the device frame and to the height of its origin, as MNE-Python draws helmets.
    /// </summary>
    /// <param name="recording">The recording.</param>
    /// <param name="kind">The kind of channels.</param>
    /// <returns>The sphere.</returns>
    public static HeadSphere Of(Recording recording, ChannelKind kind)
    {
        ArgumentNullException.ThrowIfNull(recording);
        Point3[] scalp = [.. recording.HeadShape.Where(p => !(p.Z < -1e-6 && p.Y > 1e-6))];
        var head = scalp.Length >= 4 ? Fit(scalp) : Default;
        if (recording.Channels.FirstOrDefault(c => c.Kind == kind && c.Sensor is not null)?.Frame is not { } frame || frame != Frame.Device)
        {
            return head;
        }

        var known = recording.Transforms.Any(t => (t.From, t.To) == (Frame.Head, Frame.Device) || (t.From, t.To) == (Frame.Device, Frame.Head));
        var centre = known ? new TransformGraph(recording.Transforms).Between(Frame.Head, Frame.Device).Apply(head.CentreMetres) : head.CentreMetres;
        return head with { CentreMetres = known ? centre with { Z = 0 } : centre };
    }

    // |p|² = 2 p·c + (r² - |c|²) is linear in c and the bracket: the start of the iteration.
    private static HeadSphere Algebraic(IReadOnlyList<Point3> points)
    {
        if (points.Count < 4)
        {
            throw Unfit(points.Count);
        }

        var mean = (1.0 / points.Count) * points.Aggregate(default(Point3), (a, b) => a + b);
        var a = Matrix<double>.Build.Dense(points.Count, 4, (i, j) => Coordinate(points[i] - mean, j));
        var b = Vector<double>.Build.Dense(points.Count, i => (points[i] - mean).Dot(points[i] - mean));
        var x = a.TransposeThisAndMultiply(a).LU().Solve(a.TransposeThisAndMultiply(b));
        var centre = new Point3(x[0] / 2, x[1] / 2, x[2] / 2);
        var radius = Math.Sqrt(x[3] + centre.Dot(centre));
        return double.IsFinite(radius) ? new(mean + centre, radius) : throw Unfit(points.Count);
    }

    private static (HeadSphere Next, double Step) GaussNewton(IReadOnlyList<Point3> points, HeadSphere sphere)
    {
        var rays = points.Select(p => p - sphere.CentreMetres).ToArray();
        var a = Matrix<double>.Build.Dense(rays.Length, 4, (i, j) => Coordinate(rays[i].Unit(), j));
        var b = Vector<double>.Build.Dense(rays.Length, i => rays[i].Norm - sphere.RadiusMetres);
        var x = a.TransposeThisAndMultiply(a).LU().Solve(a.TransposeThisAndMultiply(b));
        return (new(sphere.CentreMetres + new Point3(x[0], x[1], x[2]), sphere.RadiusMetres + x[3]), x.L2Norm());
    }

    private static double Coordinate(Point3 p, int index) => index switch { 0 => p.X, 1 => p.Y, 2 => p.Z, _ => 1 };

    private static UnfitInputException Unfit(int count) =>
        new(FormattableString.Invariant($"No sphere fits {count} points: at least four that do not lie in one plane are needed."));
}
