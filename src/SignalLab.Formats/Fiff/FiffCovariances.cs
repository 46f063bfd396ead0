using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>Covariances of the sensors' noise. Source: MNE-Python, tags 3530 to 3538: the lower triangle row by row, or the diagonal.</summary>
internal static class FiffCovariances
{
    // Below: sensors, of a kind that is not told or as noise. Above: priors of sources.
    private const int SensorNoise = 1;

    /// <summary>Reads the covariances of sensors in a file.</summary>
    public static IReadOnlyList<NoiseCovariance> Read(FiffFile file) =>
        [.. file.Root.All(BlockKind.Covariance).Where(b => b.Find(TagKind.CovarianceKind) is not { } kind || file.Int(kind, "kind of covariance") <= SensorNoise).Select(b => ReadOne(file, b))];

    private static NoiseCovariance ReadOne(FiffFile file, FiffBlock block)
    {
        if (block.Find(TagKind.CovarianceSize) is not { } sizeTag || block.Find(TagKind.MneRowNames) is not { } nameTag || (block.Find(TagKind.CovarianceDiagonal) ?? block.Find(TagKind.Covariance)) is not { } valueTag)
        {
            throw new MalformedFileException(file.Path, null, "covariance", "no size, no channel names or no values", "all three");
        }

        string[] names = file.Text(nameTag, "covariance's channels").Split(':');
        var size = file.Int(sizeTag, "size of the covariance");
        if (names.Length != size)
        {
            throw new MalformedFileException(file.Path, sizeTag.Data, "size of the covariance", FormattableString.Invariant($"{size} with {names.Length} channel names"), "a name a row");
        }

        if ((valueTag.Type & DataType.SparseMatrix) == DataType.SparseMatrix)
        {
            throw new UnfitInputException($"{file.Path}: holds a sparse covariance matrix; save it as a full or a diagonal one.");
        }

        var values = file.Numbers(valueTag, "covariance");
        var wanted = valueTag.Kind == TagKind.CovarianceDiagonal ? size : size * (size + 1L) / 2;
        if (values.Length != wanted || values.Any(v => !double.IsFinite(v)))
        {
            throw new MalformedFileException(file.Path, valueTag.Data, "covariance", FormattableString.Invariant($"{values.Length} numbers"), FormattableString.Invariant($"{wanted} finite numbers for {size} channels"));
        }

        return new(names, values)
        {
            DegreesOfFreedom = block.Find(TagKind.CovarianceFreedom) is { } freedom && file.Int(freedom, "degrees of freedom") is > 0 and var n ? n : null,
            Method = block.Find(TagKind.CovarianceMethod) is { } method ? file.Text(method, "method") : "",
            Projectors = FiffProjectors.Read(file, block, MeasurementInfo.NoLongNames),
            BadChannels = MeasurementInfo.BadChannels(file, block, MeasurementInfo.NoLongNames),
            Provenance = Provenance.OfFile(file.Path, FiffFormat.FormatName),
        };
    }
}
