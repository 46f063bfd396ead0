using SignalLab.Model;

namespace SignalLab.Analysis.Maps;

/// <summary>Neighbours among sensors from where they are.</summary>
public static class SensorTriangulation
{
    private const double OnePlaceMetres = 1e-4;

    extension(SensorLayout layout)
    {
        /// <summary>
        /// Sensors that share an edge of the Delaunay triangulation of the layout, projected to the plane about the origin of its frame (azimuthal equidistant).
        /// Sensors at one place, as the two coils of a planar gradiometer, are neighbours of each other and of all that neighbour the place.
        /// </summary>
        /// <returns>The neighbours, named as the sensors.</returns>
        /// <exception cref="UnfitInputException">Fewer than three places, or all on one line.</exception>
        public SensorNeighbours NeighboursByTriangulation()
        {
            var points = layout.PlanePoints();
            var places = new List<List<int>>();
            for (var i = 0; i < points.Count; i++)
            {
                var known = places.Find(p => double.Hypot(points[p[0]].X - points[i].X, points[p[0]].Y - points[i].Y) < OnePlaceMetres);
                if (known is null)
                {
                    places.Add([i]);
                }
                else
                {
                    known.Add(i);
                }
            }

            var triangles = new Triangulation([.. places.Select(p => points[p[0]])]);
            if (triangles.Count == 0)
            {
                throw new UnfitInputException(FormattableString.Invariant($"The {points.Count} sensors span no area: neighbours need at least 3 places that do not lie on one line."));
            }

            var pairs = new SortedSet<(int A, int B)>();
            var neighbours = triangles.Neighbours();
            for (var p = 0; p < places.Count; p++)
            {
                foreach (var a in places[p])
                {
                    foreach (var b in neighbours[p].Append(p).SelectMany(q => places[q]).Where(b => b > a))
                    {
                        pairs.Add((a, b));
                    }
                }
            }

            return new SensorNeighbours([.. layout.Sensors.Select(s => s.Name)], [.. pairs]) { Source = "Delaunay triangulation of the sensors' plane" };
        }

        /// <summary>Where each sensor falls in the plane, seen from above: metres, x right, y front, about the origin of the layout's frame.</summary>
        public IReadOnlyList<(double X, double Y)> PlanePoints()
        {
            var placed = layout.Frame == Frame.Device ? layout : layout.InHeadFrame();
            return [.. placed.Sensors.Select(s => PlaneProjection.Project(s.PositionMetres, default))];
        }
    }
}
