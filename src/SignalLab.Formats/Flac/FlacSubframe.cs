namespace SignalLab.Formats.Flac;

/// <summary>One channel of a frame: constant, verbatim, or a prediction with its residual in Rice codes.</summary>
/// <remarks>Source: RFC 9639 (2024), 9.2.</remarks>
internal static class FlacSubframe
{
    private static readonly int[][] Fixed = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

    /// <summary>Decodes a subframe.</summary>
    /// <param name="bits">Stands at it, afterwards behind it.</param>
    /// <param name="depth">Bits a sample.</param>
    /// <param name="count">Samples.</param>
    /// <param name="into">Receives them; empty to walk over.</param>
    /// <returns>False where it is malformed.</returns>
    public static bool Read(ref BitReader bits, int depth, int count, Span<int> into)
    {
        if (bits.Unsigned(1) != 0)
        {
            return false;
        }

        var type = (int)bits.Unsigned(6);
        var wasted = bits.Unsigned(1) == 0 ? 0 : bits.Unary() + 1;
        depth -= wasted;
        if (depth < 1)
        {
            return false;
        }

        var isRead = type switch
        {
            0 => Constant(ref bits, depth, into),
            1 => Verbatim(ref bits, depth, count, into),
            >= 8 and <= 12 => FixedPrediction(ref bits, depth, count, type - 8, into),
            >= 32 => LinearPrediction(ref bits, depth, count, type - 31, into),
            _ => false,
        };
        for (var i = 0; wasted > 0 && i < into.Length; i++)
        {
            into[i] <<= wasted;
        }

        return isRead;
    }

    private static bool Constant(ref BitReader bits, int depth, Span<int> into)
    {
        into.Fill(bits.Signed(depth));
        return true;
    }

    private static bool Verbatim(ref BitReader bits, int depth, int count, Span<int> into)
    {
        if (into.IsEmpty)
        {
            bits.Skip((long)depth * count);
        }

        foreach (ref var value in into)
        {
            value = bits.Signed(depth);
        }

        return true;
    }

    private static bool FixedPrediction(ref BitReader bits, int depth, int count, int order, Span<int> into) =>
        order <= count && WarmUp(ref bits, depth, order, into) && Residual(ref bits, count, order, into) && Predict(into, Fixed[order], 0);

    private static bool LinearPrediction(ref BitReader bits, int depth, int count, int order, Span<int> into)
    {
        if (order > count || !WarmUp(ref bits, depth, order, into))
        {
            return false;
        }

        var precision = (int)bits.Unsigned(4) + 1;
        var shift = bits.Signed(5);
        if (precision == 16 || shift < 0)
        {
            return false;
        }

        var coefficients = new int[order];
        for (var i = 0; i < order; i++)
        {
            coefficients[i] = bits.Signed(precision);
        }

        return Residual(ref bits, count, order, into) && Predict(into, coefficients, shift);
    }

    private static bool WarmUp(ref BitReader bits, int depth, int order, Span<int> into)
    {
        for (var i = 0; i < order; i++)
        {
            var value = bits.Signed(depth);
            if (!into.IsEmpty)
            {
                into[i] = value;
            }
        }

        return true;
    }

    private static bool Residual(ref BitReader bits, int count, int order, Span<int> into)
    {
        var method = bits.Unsigned(2);
        var partitions = 1 << (int)bits.Unsigned(4);
        if (method > 1 || count % partitions != 0 || count / partitions < order)
        {
            return false;
        }

        var (parameterBits, at) = (method == 0 ? 4 : 5, order);
        for (var p = 0; p < partitions; p++)
        {
            var end = (p + 1) * (count / partitions);
            var parameter = (int)bits.Unsigned(parameterBits);
            var isEscaped = parameter == (1 << parameterBits) - 1;
            var raw = isEscaped ? (int)bits.Unsigned(5) : 0;
            if (isEscaped && into.IsEmpty)
            {
                bits.Skip((long)raw * (end - at));
                at = end;
            }

            for (; at < end; at++)
            {
                if (bits.IsPastEnd)
                {
                    return false;
                }

                var value = isEscaped ? bits.Signed(raw) : Rice(ref bits, parameter);
                if (!into.IsEmpty)
                {
                    into[at] = value;
                }
            }
        }

        return true;
    }

    private static int Rice(ref BitReader bits, int parameter)
    {
        var code = ((uint)bits.Unary() << parameter) | bits.Unsigned(parameter);
        return (int)(code >> 1) ^ -(int)(code & 1);
    }

    private static bool Predict(Span<int> into, ReadOnlySpan<int> coefficients, int shift)
    {
        for (var i = coefficients.Length; i < into.Length; i++)
        {
            var sum = 0L;
            for (var c = 0; c < coefficients.Length; c++)
            {
                sum += (long)coefficients[c] * into[i - 1 - c];
            }

            into[i] += (int)(sum >> shift);
        }

        return true;
    }
}
