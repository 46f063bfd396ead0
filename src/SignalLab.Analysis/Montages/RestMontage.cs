using SignalLab.Analysis.Sources;

namespace SignalLab.Analysis.Montages;

/// <summary>
/// Reference electrode standardisation: the potential of infinity, which the scalp potential and a head of three shells tell, is subtracted from every electrode.
/// Source: Yao, Physiol Meas 22 (2001) 693.
/// </summary>
internal sealed record RestMontage() : Montage("rest")
{
    private const int FewestElectrodes = 8;

    internal override Resolution Resolve(Electrodes electrodes)
    {
        var places = ScalpPlaces.Of(electrodes, "REST", FewestElectrodes);
        var resolution = new Resolution { Reference = places.Good, ReferenceWeights = InfinityReference.Weights(places.Directions) };
        foreach (var channel in electrodes.Eeg)
        {
            resolution.AddReferred(electrodes.ShortName(channel), channel);
        }

        var centre = places.Sphere.CentreMetres;
        resolution.Parameters.AddRange(
        [
            ("head", "three shells of radius 0.87, 0.92, 1 and conductivity 1, 1/80, 1"), ("dipoles", InfinityReference.DipoleCount),
            ("sphere_centre_m", FormattableString.Invariant($"{centre.X:R} {centre.Y:R} {centre.Z:R}")), ("singular_values_above", InfinityReference.RelativeTolerance),
        ]);
        return resolution;
    }
}
