using SignalLab.Model;

namespace SignalLab.Analysis.Maps;

/// <summary>Sensor-location topographic maps: values at sensors, interpolated on a plane seen from above.</summary>
public static class TopographicMap
{
    /// <summary>The map of one set of values.</summary>
    /// <param name="layout">Electrodes or coils of one kind.</param>
    /// <param name="values">One value a sensor.</param>
    /// <param name="unit">Their unit.</param>
    /// <param name="options">What decides the map; null for the defaults.</param>
    /// <returns>The map.</returns>
    /// <exception cref="UnfitInputException">The layout or a value is not fit for a map.</exception>
    public static Topography Of(SensorLayout layout, ReadOnlySpan<double> values, Unit unit, TopographyOptions? options = null) =>
        TopographyPlan.For(layout, options).Map(values, unit);

    extension(ParameterMap map)
    {
        /// <summary>The topographic map of values at sensors; planar gradiometers are joined in pairs by their root mean square.</summary>
        /// <param name="options">What decides the map; null for the defaults.</param>
        /// <param name="frame">Which frame of a map with further axes.</param>
        /// <returns>The map, with the provenance, subject and remarks of the values.</returns>
        /// <exception cref="UnfitInputException">The map is not over sensors, names regions, or is not fit for the method.</exception>
        public Topography ToTopography(TopographyOptions? options = null, int frame = 0)
        {
            options ??= TopographyOptions.Default;
            var (plan, values) = map.Prepare(options, frame);
            var topography = plan.Map(values, map.Unit, map.Quantity);
            return topography with
            {
                Grid = topography.Grid with
                {
                    Subject = map.Subject,
                    Start = map.Start,
                    Modality = map.Modality,
                    Remarks = map.Remarks,
                    Kind = map.Kind is MapKind.Measured ? MapKind.Derived : map.Kind,
                    Provenance = map.Provenance.Then(plan.Step()),
                },
            };
        }

        /// <summary>Root mean square of what each sensor differs by from the map of all the others: how far the map may be trusted between sensors.</summary>
        /// <param name="options">What decides the map; null for the defaults.</param>
        /// <param name="frame">Which frame of a map with further axes.</param>
        /// <returns>The error in the map's unit.</returns>
        /// <exception cref="UnfitInputException">The map is not over sensors, or is not fit for the method.</exception>
        public double LeaveOneOutError(TopographyOptions? options = null, int frame = 0)
        {
            var (plan, values) = map.Prepare(options ?? TopographyOptions.Default, frame);
            return Math.Sqrt(plan.LeaveOneOutErrors(values).Where(double.IsFinite).Select(e => e * e).DefaultIfEmpty(double.NaN).Average());
        }

        private (TopographyPlan Plan, double[] Values) Prepare(TopographyOptions options, int frame)
        {
            if (map.Support is not SensorSupport { Layout: var layout })
            {
                throw new UnfitInputException("A topographic map is made of values at sensors; this map is over a grid or surface: cut a slice of it instead.");
            }

            if (map.Quantity == Quantity.Power && options.Reference == TopographyReference.Average)
            {
                throw new UnfitInputException("Powers have no reference to change: reference the signals, then map their power.");
            }

            if (map.Kind == MapKind.Label && options.Method != TopographyMethod.Nearest)
            {
                throw new UnfitInputException("Names of regions are not interpolated: ask for the nearest sensor.");
            }

            int[] valid = [.. Enumerable.Range(0, layout.Sensors.Count).Where(i => map.Mask?[i] != false)];
            var whole = map.ReadFrame(frame);
            double[] values = [.. valid.Select(i => whole[i])];
            layout = layout with { Sensors = [.. valid.Select(i => layout.Sensors[i])] };
            if (map.Quantity == Quantity.MagneticGradient)
            {
                var excluded = options.Exclude.Select(ChannelName.Normalise).ToHashSet(StringComparer.Ordinal);
                int[] kept = [.. Enumerable.Range(0, layout.Sensors.Count).Where(i => !excluded.Contains(ChannelName.Normalise(layout.Sensors[i].Name)))];
                values = [.. kept.Select(i => values[i])];
                layout = layout with { Sensors = [.. kept.Select(i => layout.Sensors[i])] };
                if (GradiometerPairs.Of(layout) is { Count: > 0 } pairs)
                {
                    (layout, values) = (GradiometerPairs.Merge(layout, pairs), GradiometerPairs.Merge(values, pairs));
                }
            }

            return (TopographyPlan.For(layout, options), values);
        }
    }
}
