using SignalLab.Analysis.Montages;
using SignalLab.Model;

namespace SignalLab.Analysis.Nirs;

/// <summary>Near-infrared light as optical density and as haemoglobin.</summary>
public static class RecordingNirs
{
    // Light of a head's surface does not come back from farther.
    private const double FarMetres = 0.1;

    extension(Recording recording)
    {
        /// <summary>
        /// Light intensities as optical densities, −ln(I / mean I) with the mean of each run between gaps; computed when read. Samples of 0 or below are not a number. Other channels stay as they are.
        /// </summary>
        /// <returns>The recording with its NIRS intensities in OD.</returns>
        /// <exception cref="UnfitInputException">There is no channel of light intensity.</exception>
        public Recording OpticalDensity()
        {
            var intensities = LightChannels.Intensities(recording);
            if (intensities.Length == 0)
            {
                throw new UnfitInputException(
                    recording.Channels.Any(LightChannels.IsDensity) ? "The recording holds optical densities already."
                    : recording.Channels.Any(LightChannels.IsConcentration) ? "The recording holds haemoglobin concentrations: the light they were computed from is gone."
                    : "No NIRS channel of light intensity: an optical density needs one.");
            }

            var converted = intensities.ToHashSet();
            return recording with
            {
                Channels = [.. recording.Channels.Select((c, i) => converted.Contains(i) ? c with { Unit = Unit.OpticalDensity, Calibration = null } : c)],
                Samples = new OpticalDensitySamples(recording, intensities),
                Segments = recording.Segments,
                Evoked = recording.Evoked is { } evoked ? evoked with { StandardError = null } : null,
                Provenance = recording.Provenance.Then(ProcessingStep.Of("optical density", ("channels", string.Join(",", intensities.Select(i => recording.Channels[i].Label))))),
            };
        }

        /// <summary>
        /// Changes of both haemoglobins in µmol/L by the modified Beer–Lambert law, from light intensities or optical densities of two or more wavelengths (least squares); computed when read.
        /// For each pair of source and detector <c>S1_D4 hbo</c> and <c>S1_D4 hbr</c>, then the channels of other kinds unchanged. A pair that needs a bad channel is bad itself.
        /// </summary>
        /// <param name="options">Pathlength factors; null for the usual ones.</param>
        /// <returns>The recording of the haemoglobins.</returns>
        /// <exception cref="UnfitInputException">There is no NIRS channel, or one has no partner, place or known wavelength.</exception>
        /// <remarks>Source: D. T. Delpy et al., Phys Med Biol 33 (1988) 1433–1442; extinction coefficients compiled by S. Prahl (1998), omlc.org/spectra/hemoglobin.</remarks>
        public Recording Haemoglobin(HaemoglobinOptions? options = null)
        {
            var chosen = options ?? new();
            if (chosen.PathlengthFactors.Count == 0 || chosen.PathlengthFactors.Any(f => !(f > 0 && double.IsFinite(f))))
            {
                throw new UnfitInputException("A pathlength factor must be a number above 0, one for all wavelengths or one for each.");
            }

            var densities = recording.Channels.Any(LightChannels.IsDensity) && LightChannels.Intensities(recording).Length == 0 ? recording : recording.OpticalDensity();
            var remarks = new List<string>(recording.Remarks);
            var channels = densities.Channels;
            var (derived, rows) = (new List<Channel>(), new List<DerivedRow>());
            foreach (var pair in LightChannels.Pairs(densities, remarks))
            {
                foreach (var (chromophore, weights) in Weighted(channels, pair, chosen, remarks))
                {
                    derived.Add(Of(channels, pair, chromophore));
                    rows.Add(new(pair.Channels, [.. weights.Select((w, k) => w * RecordingMontages.Factor(channels[pair.Channels[k]], channels[pair.Channels[0]], pair.Name))]));
                }
            }

            if (derived.Count == 0)
            {
                throw new UnfitInputException("No pair of source and detector has good light of two wavelengths.");
            }

            int[] kept = [.. Enumerable.Range(0, channels.Count).Where(i => channels[i].Kind != ChannelKind.Nirs)];
            return densities with
            {
                Channels = [.. derived, .. kept.Select(i => channels[i])],
                Samples = new DerivedSamples(densities.Samples, [.. rows, .. kept.Select(DerivedRow.Same)], CommonSum.None),
                Segments = densities.Segments,
                Evoked = densities.Evoked is { } evoked ? evoked with { StandardError = null } : null,
                Remarks = remarks,
                Provenance = densities.Provenance.Then(ProcessingStep.Of(
                    "haemoglobin",
                    ("method", "modified Beer-Lambert law"), ("pathlength_factors", string.Join(",", chosen.PathlengthFactors.Select(f => FormattableString.Invariant($"{f:R}")))),
                    ("extinction", "Prahl 1998 (Gratzer, Kollias)"), ("channels", string.Join(",", derived.Select(c => c.Label))))),
            };
        }
    }

    // µmol/L for each unit of optical density.
    private static IEnumerable<(string Chromophore, double[] Weights)> Weighted(IReadOnlyList<Channel> channels, LightPair pair, HaemoglobinOptions options, List<string> remarks)
    {
        var factors = options.PathlengthFactors;
        if (factors.Count > 1 && factors.Count != pair.Channels.Length)
        {
            throw new UnfitInputException(FormattableString.Invariant($"{factors.Count} pathlength factors are given, {pair.Name} has {pair.Channels.Length} wavelengths: give one for each, or one for all."));
        }

        var (from, to) = Extinction.RangeNm;
        foreach (var nm in pair.WavelengthsNm)
        {
            if (!(nm >= from && nm <= to))
            {
                throw new UnfitInputException(FormattableString.Invariant($"{pair.Name}: extinction coefficients of haemoglobin are known from {from} to {to} nm, not at {nm} nm."));
            }
        }

        var metres = DistanceMetres(channels, pair, remarks);
        double[] all = [.. pair.Channels.Select((_, k) => factors[factors.Count == 1 ? 0 : k])];
        var (oxygenated, deoxygenated) = BeerLambert.Weights(pair.WavelengthsNm, metres, all)
            ?? throw new UnfitInputException($"{pair.Name}: light of {string.Join(" and ", pair.WavelengthsNm.Select(w => FormattableString.Invariant($"{w} nm")))} does not tell the two haemoglobins apart.");
        const double MicromolesPerMole = 1e6;
        double[] oxy = Array.ConvertAll(oxygenated, w => w * MicromolesPerMole), deoxy = Array.ConvertAll(deoxygenated, w => w * MicromolesPerMole);
        yield return ("hbo", oxy);
        yield return ("hbr", deoxy);
        if (options.WithTotal)
        {
            yield return ("hbt", [.. oxy.Zip(deoxy, (o, d) => o + d)]);
        }
    }

    private static double DistanceMetres(IReadOnlyList<Channel> channels, LightPair pair, List<string> remarks)
    {
        var metres = pair.Channels.Select(c => channels[c].Light!.SeparationMetres).FirstOrDefault(d => d is not null);
        if (!(metres is { } distance && distance > 0 && double.IsFinite(distance)))
        {
            throw new UnfitInputException($"{pair.Name}: the distance from source to detector is {(metres is null ? "not known" : "0")}; the length of the light's path follows from their places, which the file must state.");
        }

        if (distance > FarMetres)
        {
            remarks.Add(FormattableString.Invariant($"{pair.Name}: source and detector are {100 * distance:0.#} cm apart; the file's unit of length is probably not what it states, and the concentrations are wrong by the same factor."));
        }

        return distance;
    }

    private static Channel Of(IReadOnlyList<Channel> channels, LightPair pair, string chromophore)
    {
        var (about, label) = (channels[pair.Channels[0]], $"{pair.Name} {chromophore}");
        return about with
        {
            Label = label,
            Unit = Unit.MicromolePerLitre,
            Calibration = null,
            Sensor = about.Sensor is { } sensor ? sensor with { Name = label } : null,
            Light = about.Light! with { WavelengthNm = null },
            IsBad = pair.Channels.Any(c => channels[c].IsBad),
        };
    }
}
