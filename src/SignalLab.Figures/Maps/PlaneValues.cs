using SignalLab.Model;

namespace SignalLab.Figures.Maps;

/// <summary>The values of a plane between its nodes: interpolated before they become colours, so that no colour appears that no value has.</summary>
internal sealed class PlaneValues
{
    private readonly double[] values;

    public PlaneValues(double[] values, int sizeX, IReadOnlyList<bool>? mask = null)
    {
        this.values = mask is null ? values : [.. values.Select((v, n) => mask[n] ? v : double.NaN)];
        SizeX = sizeX;
        SizeY = values.Length / sizeX;
    }

    public int SizeX { get; }

    public int SizeY { get; }

    /// <summary>The nodes' values, first index fastest; NaN where there is none.</summary>
    public ReadOnlySpan<double> Nodes => values;

    /// <summary>A frame of a plane.</summary>
    public static PlaneValues Of(ParameterMap plane, int frame = 0) =>
        new(plane.ReadFrame(frame), ((GridSupport)plane.Support).SizeX, plane.Mask);

    /// <summary>The value of the nearest node; NaN outside.</summary>
    public double Nearest(double i, double j)
    {
        var (x, y) = ((int)Math.Floor(i + 0.5), (int)Math.Floor(j + 0.5));
        return x < 0 || y < 0 || x >= SizeX || y >= SizeY ? double.NaN : values[x + (y * SizeX)];
    }

    /// <summary>Bilinear between the four nodes around; nodes without a value do not count, and where the nearest node has none there is none.</summary>
    public double Between(double i, double j)
    {
        if (!double.IsFinite(Nearest(i, j)))
        {
            return double.NaN;
        }

        var (x, y) = (Math.Clamp(i, 0, SizeX - 1), Math.Clamp(j, 0, SizeY - 1));
        var (x0, y0) = ((int)x, (int)y);
        var (x1, y1) = (Math.Min(x0 + 1, SizeX - 1), Math.Min(y0 + 1, SizeY - 1));
        var (fx, fy) = (x - x0, y - y0);
        var (sum, weight) = (0.0, 0.0);
        Add(x0, y0, (1 - fx) * (1 - fy));
        Add(x1, y0, fx * (1 - fy));
        Add(x0, y1, (1 - fx) * fy);
        Add(x1, y1, fx * fy);
        return sum / weight;

        void Add(int nodeX, int nodeY, double w)
        {
            var v = values[nodeX + (nodeY * SizeX)];
            if (double.IsFinite(v))
            {
                sum += w * v;
                weight += w;
            }
        }
    }

    /// <summary>The same plane in another unit.</summary>
    public PlaneValues In(Unit from, Unit to)
    {
        var (factor, offset) = from.To(to);
        return factor == 1 && offset == 0 ? this : new([.. values.Select(v => (v * factor) + offset)], SizeX);
    }

    /// <summary>The same plane with rings of nodes without a value continued in a straight line from the nodes inside, for drawing up to a smooth outline.</summary>
    public PlaneValues Extended(int rings)
    {
        var held = values;
        for (var ring = 0; ring < rings; ring++)
        {
            var next = (double[])held.Clone();
            for (var n = 0; n < held.Length; n++)
            {
                if (!double.IsFinite(held[n]))
                {
                    next[n] = Continued(held, n);
                }
            }

            held = next;
        }

        return new(held, SizeX);
    }

    private double Continued(double[] held, int node)
    {
        var (straight, straightCount, flat, flatCount) = (0.0, 0, 0.0, 0);
        for (var dy = -1; dy <= 1; dy++)
        {
            for (var dx = -1; dx <= 1; dx++)
            {
                var near = At((node % SizeX) + dx, (node / SizeX) + dy);
                var far = At((node % SizeX) + (2 * dx), (node / SizeX) + (2 * dy));
                if (double.IsFinite(near))
                {
                    flat += near;
                    flatCount++;
                }

                if (double.IsFinite(near + far))
                {
                    straight += (2 * near) - far;
                    straightCount++;
                }
            }
        }

        return straightCount > 0 ? straight / straightCount : flatCount > 0 ? flat / flatCount : double.NaN;

        double At(int x, int y) => x < 0 || y < 0 || x >= SizeX || y >= SizeY ? double.NaN : held[x + (y * SizeX)];
    }
}
