namespace SignalLab.Analysis.Nirs;

/// <summary>What decides haemoglobin concentrations beside the light.</summary>
public sealed record HaemoglobinOptions
{
    /// <summary>
    /// How many times longer than the distance from source to detector the light's path through the tissue of interest is (the partial pathlength factor): one factor, or one for each
    /// wavelength in rising order. The default of 6 is MNE-Python's and near the differential pathlength factor of an adult forehead; with it the change is taken to fill the whole path.
    /// </summary>
    public IReadOnlyList<double> PathlengthFactors { get; init; } = [6];

    /// <summary>True to add the sum of both haemoglobins as a third channel of each pair.</summary>
    public bool WithTotal { get; init; }
}
