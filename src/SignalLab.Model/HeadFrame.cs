namespace SignalLab.Model;

/// <summary>Puts positions into the head frame of their fiducials.</summary>
public static class HeadFrame
{
    extension(SensorLayout layout)
    {
        /// <summary>
        /// The map from the layout's frame to the head frame of its fiducials: x through both preauricular points to the right, y through the nasion, z up.
        /// Source: the Neuromag head frame, FIFF specification 1.3, 1.2 "Coordinate frames".
        /// </summary>
        /// <returns>A rigid transform, or null where a fiducial is missing or the three lie on one line.</returns>
        public Transform? ToHead()
        {
            var (nasion, lpa, rpa) = (layout.Fiducial("nasion"), layout.Fiducial("lpa"), layout.Fiducial("rpa"));
            if (nasion is null || lpa is null || rpa is null)
            {
                return null;
            }

            var right = (rpa.PositionMetres - lpa.PositionMetres).Unit();
            var origin = lpa.PositionMetres + ((nasion.PositionMetres - lpa.PositionMetres).Dot(right) * right);
            var front = (nasion.PositionMetres - origin).Unit();
            var up = right.Cross(front);
            return up.Norm < 0.5
                ? null
                : new Transform(layout.Frame, Frame.Head, Affine.FromColumns(right, front, up, origin).Inverse());
        }

        /// <summary>The same sensors in the head frame of the layout's own fiducials.</summary>
        /// <returns>The moved layout; the layout itself where it is in the head frame already or has no three fiducials.</returns>
        public SensorLayout InHeadFrame()
        {
            if (layout.Frame == Frame.Head || layout.ToHead() is not { Matrix: var matrix })
            {
                return layout;
            }

            return layout with
            {
                Frame = Frame.Head,
                Sensors = [.. layout.Sensors.Select(s => Move(s, matrix))],
                Fiducials = [.. layout.Fiducials.Select(s => Move(s, matrix))],
            };
        }

        private Sensor? Fiducial(string name) => layout.Fiducials.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    private static Sensor Move(Sensor sensor, Affine matrix) => sensor with
    {
        PositionMetres = matrix.Apply(sensor.PositionMetres),
        Coil = sensor.Coil is { } coil
            ? coil with { Ex = matrix.ApplyDirection(coil.Ex), Ey = matrix.ApplyDirection(coil.Ey), Ez = matrix.ApplyDirection(coil.Ez) }
            : null,
    };
}
