using SignalLab.Analysis.Maps;
using SignalLab.Model;

namespace SignalLab.Analysis.Montages;

/// <summary>What decides how bad electrodes are interpolated.</summary>
public sealed record InterpolationOptions
{
    /// <summary>The spline through the good electrodes; the default is the field's: stiffness 4, 50 Legendre terms, regularisation 1e-5.</summary>
    public SphericalSpline Spline { get; init; } = new();

    /// <summary>The head in the electrodes' frame; null takes the sphere of the digitised scalp points, or of the electrodes.</summary>
    public HeadSphere? Sphere { get; init; }
}

/// <summary>Bad electrodes filled in from the good ones.</summary>
public static class RecordingInterpolation
{
    private const int FewestElectrodes = 4;

    extension(Recording recording)
    {
        /// <summary>
        /// Gives each bad scalp electrode the value of the spherical spline through the good ones; it is good afterwards, and a remark names it. Nothing is computed until
        /// samples are read. Bad ears and channels of other kinds stay as they are.
        /// </summary>
        /// <param name="options">Spline and head; null for the defaults.</param>
        /// <returns>The recording without bad scalp electrodes; the recording itself where there is none.</returns>
        /// <exception cref="UnfitInputException">A scalp electrode has no place, fewer than four are good, or rates or quantities differ.</exception>
        /// <remarks>Source: Perrin et al., Electroencephalogr Clin Neurophysiol 72 (1989) 184.</remarks>
        public Recording InterpolateBads(InterpolationOptions? options = null)
        {
            options ??= new();
            var channels = recording.Channels;
            var electrodes = new Electrodes(recording);
            int[] bad = [.. electrodes.Eeg.Where(c => channels[c].Kind == ChannelKind.Eeg && channels[c].IsBad && !electrodes.IsEar(c))];
            if (bad.Length == 0)
            {
                return recording;
            }

            int[] unknown = [.. bad.Where(c => channels[c].Sensor is null)];
            if (unknown.Length > 0)
            {
                throw new UnfitInputException($"{electrodes.Names(unknown)} cannot be interpolated: its place is not known.");
            }

            var places = ScalpPlaces.Of(electrodes, "An interpolation", FewestElectrodes, options.Sphere);
            Point3[] to = [.. ScalpPlaces.Positions(recording, bad).Select(p => p - places.Sphere.CentreMetres)];
            var weights = options.Spline.InterpolationWeights(places.Directions, to);
            var rows = Enumerable.Range(0, channels.Count).Select(DerivedRow.Same).ToArray();
            for (var i = 0; i < bad.Length; i++)
            {
                var row = new double[places.Good.Length];
                for (var k = 0; k < row.Length; k++)
                {
                    row[k] = weights[i, k] * RecordingMontages.Factor(channels[places.Good[k]], channels[bad[i]], electrodes.ShortName(bad[i]));
                }

                rows[bad[i]] = new(places.Good, row);
            }

            var centre = places.Sphere.CentreMetres;
            return recording with
            {
                Channels = [.. channels.Select((c, i) => Array.IndexOf(bad, i) < 0 ? c : c with { IsBad = false, Calibration = null })],
                Samples = new DerivedSamples(recording.Samples, rows, CommonSum.None),
                Segments = recording.Segments,
                Evoked = recording.Evoked is { } evoked ? evoked with { StandardError = null } : null,
                Remarks = [.. recording.Remarks, $"Interpolated from {places.Good.Length} electrodes by spherical splines: {electrodes.Names(bad)}."],
                Provenance = recording.Provenance.Then(ProcessingStep.Of(
                    "interpolate",
                    ("channels", string.Join(',', bad.Select(c => channels[c].Label))),
                    ("from", string.Join(',', places.Good.Select(c => channels[c].Label))),
                    ("stiffness", options.Spline.Stiffness),
                    ("legendre_terms", options.Spline.LegendreTerms),
                    ("regularisation", options.Spline.Regularisation),
                    ("sphere_centre_m", FormattableString.Invariant($"{centre.X:R} {centre.Y:R} {centre.Z:R}")))),
            };
        }
    }
}
