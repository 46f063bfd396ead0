namespace SignalLab.Formats.Dicom;

/// <summary>From stored values to those of the modality: a line, or a table.</summary>
/// <param name="Slope">Factor.</param>
/// <param name="Intercept">Added after it.</param>
/// <param name="Table">The modality's table, which then stands for both; or null.</param>
/// <remarks>Source: DICOM PS3.3, C.11.1 (modality LUT), C.7.6.16.2.9 (pixel value transformation), C.7.6.16.2.11 (real world values), C.8.8.3 (dose).</remarks>
internal sealed record ValueScale(double Slope, double Intercept, LookUpTable? Table = null)
{
    public static ValueScale None { get; } = new(1, 0);

    /// <summary>The scale that a data set or a functional group states; null where it states none.</summary>
    public static ValueScale? Stated(DicomDataset set) =>
        set.Number(DicomTag.RescaleSlope) is { } slope && slope != 0
            ? new(slope, set.Number(DicomTag.RescaleIntercept) ?? 0)
            : null;

    public void Apply(Span<double> values)
    {
        if (Table is not null)
        {
            foreach (ref var v in values)
            {
                v = Table[v];
            }
        }
        else if (Slope != 1 || Intercept != 0)
        {
            foreach (ref var v in values)
            {
                v = (v * Slope) + Intercept;
            }
        }
    }
}
