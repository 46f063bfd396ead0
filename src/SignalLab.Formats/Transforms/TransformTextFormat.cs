using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Transforms;

/// <summary>Coordinate transforms as text (<c>-trans.txt</c>): a 4 × 4 matrix of a rotation and a move in metres.</summary>
/// <remarks>Source: MNE-Python, <c>trans</c> of <c>make_forward_solution</c>: the text form holds the transform from head to MRI.</remarks>
public sealed class TransformTextFormat : IFormat
{
    private const double RotationTolerance = 1e-3, LargestMove = 10;

    /// <inheritdoc/>
    public string Name => "Transform text";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return head.Bytes.Length < FileHead.Size && Parse(WordRows.Of(head)) is not null;
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var text = WordRows.Read(path, "a transform");
        return Parse(text) is { } matrix
            ? new Study
            {
                Transforms = [new(Frame.Head, Frame.Mri, matrix)],
                Remarks = ["The file does not state its frames: taken as from head to MRI, as such files are written."],
                Format = Name,
            }
            : throw new MalformedFileException(path, 0, "matrix", FormattableString.Invariant($"{text.Rows.Count()} lines"), "four lines of four numbers: a rotation, a move in metres, 0 0 0 1");
    }

    private static Affine? Parse(WordRows text)
    {
        double[]?[] rows = [.. text.Rows.Take(5).Select(r => r.Numbers())];
        if (rows.Length != 4 || rows.Any(r => r is not { Length: 4 }) || rows[3] is not [0, 0, 0, 1])
        {
            return null;
        }

        var matrix = new Affine([.. rows[0]!, .. rows[1]!, .. rows[2]!]);
        var (x, y, z) = (matrix.Column(0), matrix.Column(1), matrix.Column(2));
        return Math.Abs(matrix.Determinant - 1) < RotationTolerance && matrix.Column(3).Norm < LargestMove
            && new[] { x.Norm - 1, y.Norm - 1, z.Norm - 1, x.Dot(y), y.Dot(z), z.Dot(x) }.All(d => Math.Abs(d) < RotationTolerance)
            ? matrix
            : null;
    }
}
