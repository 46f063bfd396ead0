namespace SignalLab.Model;

/// <summary>A named coordinate frame. Two positions can be compared only in one frame, or when a path of transforms joins theirs.</summary>
/// <param name="Name">What the frame is, for example <c>head</c>, <c>device</c>, <c>mri</c>, <c>scanner</c>, <c>mni</c>; with the owner where it matters, as <c>scanner:1.2.840…</c>.</param>
public readonly record struct Frame(string Name)
{
    /// <summary>Head frame: x right through the preauricular points, y through the nasion, z up; origin between the ears.</summary>
    public static Frame Head { get; } = new("head");

    /// <summary>MEG device frame.</summary>
    public static Frame Device { get; } = new("device");

    /// <summary>The subject's MRI, surface RAS.</summary>
    public static Frame Mri { get; } = new("mri");

    /// <summary>Scanner coordinates, RAS in millimetres.</summary>
    public static Frame Scanner { get; } = new("scanner");

    /// <summary>MNI template space.</summary>
    public static Frame Mni { get; } = new("mni");

    /// <summary>Talairach space.</summary>
    public static Frame Talairach { get; } = new("talairach");

    /// <summary>The array of an image that states no position in space.</summary>
    public static Frame Detector { get; } = new("detector");

    /// <summary>Electrodes as their file gives them, with no statement of a head frame.</summary>
    public static Frame Electrodes { get; } = new("electrodes");

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>How points of one frame lie in another.</summary>
/// <param name="From">The frame of the given points.</param>
/// <param name="To">The frame of the result.</param>
/// <param name="Matrix">p_to = Matrix · p_from, in metres.</param>
public sealed record Transform(Frame From, Frame To, Affine Matrix)
{
    /// <summary>The way back.</summary>
    public Transform Inverse() => new(To, From, Matrix.Inverse());
}

/// <summary>The transforms of a study, searched as a graph.</summary>
/// <param name="transforms">Every known transform; each may be walked both ways.</param>
public sealed class TransformGraph(IEnumerable<Transform> transforms)
{
    private readonly Transform[] edges = [.. transforms.SelectMany(t => new[] { t, t.Inverse() })];

    /// <summary>The transform between two frames along the shortest path.</summary>
    /// <param name="from">Frame of the given points.</param>
    /// <param name="to">Frame wanted.</param>
    /// <exception cref="UnfitInputException">No path joins the frames: two maps that do not share a frame are never laid over each other.</exception>
    public Affine Between(Frame from, Frame to)
    {
        var reached = new Dictionary<Frame, Affine> { [from] = Affine.Identity };
        var queue = new Queue<Frame>([from]);
        while (queue.TryDequeue(out var frame))
        {
            if (frame == to)
            {
                return reached[frame];
            }

            foreach (var edge in edges.Where(e => e.From == frame && !reached.ContainsKey(e.To)))
            {
                reached[edge.To] = edge.Matrix.After(reached[frame]);
                queue.Enqueue(edge.To);
            }
        }

        throw new UnfitInputException($"No transform joins the frame '{from}' to the frame '{to}': give a coregistration, or use maps of one frame.");
    }
}
