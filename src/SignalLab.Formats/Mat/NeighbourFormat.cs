using SignalLab.Model;

namespace SignalLab.Formats.Mat;

/// <summary>Neighbour templates of FieldTrip as files of their own: which sensors of a cap or helmet lie beside each other.</summary>
/// <remarks>Source: FieldTrip, ft_prepare_neighbours: a structure array <c>neighbours</c> with <c>label</c> and <c>neighblabel</c>.</remarks>
public sealed class NeighbourFormat : IFormat
{
    /// <inheritdoc/>
    public string Name => "FieldTrip neighbours";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return MatFile.Recognises(head) && !MatFile.IsHdf5(head) && new Mat5Reader(ByteSource.OfMemory(head.Path, head.Bytes.ToArray())).FirstName() == "neighbours";
    }

    /// <inheritdoc/>
    public Study Open(string path) => new() { Neighbours = NeighbourFile.Read(path), Format = Name };
}
