using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>Points, directions and triangles of surfaces and source spaces.</summary>
internal static class FiffGeometry
{
    extension(FiffFile file)
    {
        /// <summary>A matrix of three columns as points, all finite.</summary>
        /// <param name="tag">The matrix.</param>
        /// <param name="count">How many points there must be.</param>
        /// <param name="scale">Factor.</param>
        /// <param name="field">What they are, for messages.</param>
        public Point3[] Points(FiffTag tag, int count, double scale, string field)
        {
            var values = file.Threes(tag, count, field);
            var points = new Point3[count];
            for (var i = 0; i < count; i++)
            {
                points[i] = new(scale * values[3 * i], scale * values[(3 * i) + 1], scale * values[(3 * i) + 2]);
                if (!double.IsFinite(points[i].Norm))
                {
                    throw new MalformedFileException(file.Path, tag.Data, field, FormattableString.Invariant($"no number at point {i}"), "finite coordinates");
                }
            }

            return points;
        }

        /// <summary>A matrix of three columns as triangles; the file counts vertices from 1.</summary>
        /// <param name="tag">The matrix.</param>
        /// <param name="vertices">How many vertices there are.</param>
        /// <param name="field">What they are, for messages.</param>
        public (int A, int B, int C)[] Triangles(FiffTag tag, int vertices, string field)
        {
            var values = file.Threes(tag, null, field);
            var triangles = new (int A, int B, int C)[values.Length / 3];
            for (var i = 0; i < triangles.Length; i++)
            {
                triangles[i] = (Vertex(values[3 * i]), Vertex(values[(3 * i) + 1]), Vertex(values[(3 * i) + 2]));
            }

            return triangles;

            int Vertex(double number) => number >= 1 && number <= vertices && number == Math.Floor(number)
                ? (int)number - 1
                : throw new MalformedFileException(file.Path, tag.Data, field, FormattableString.Invariant($"the vertex {number}"), FormattableString.Invariant($"1 to {vertices}"));
        }

        /// <summary>The frame that a block's tag states, or one that is unknown.</summary>
        public Frame FrameOf(FiffTag? tag) => tag is { } t && FiffFrames.Of(file.Int(t, "coordinate frame")) is { } frame ? frame : new Frame("unknown");

        private double[] Threes(FiffTag tag, int? count, string field)
        {
            var (rows, columns) = file.Shape(tag, field);
            if (columns != 3 || (count is { } n && rows != n))
            {
                throw new MalformedFileException(
                    file.Path, tag.Data, field, FormattableString.Invariant($"{rows} x {columns} numbers"), count is { } c ? FormattableString.Invariant($"{c} x 3") : "three a row");
            }

            var type = tag.Type & 0xffff;
            var bytes = file.Bytes.Read(tag.Data, 3L * rows * DataType.SizeOf(type), field);
            var values = new double[3 * rows];
            SampleCode.Decode(type, bytes, 1, values, 1);
            return values;
        }
    }
}
