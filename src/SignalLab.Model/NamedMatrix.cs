namespace SignalLab.Model;

/// <summary>A matrix whose rows and columns belong to channels: from the values at the columns come those at the rows.</summary>
/// <param name="Rows">Labels of the rows.</param>
/// <param name="Columns">Labels of the columns.</param>
/// <param name="Values">Row by row, a number for each column.</param>
public sealed record NamedMatrix(IReadOnlyList<string> Rows, IReadOnlyList<string> Columns, IReadOnlyList<double[]> Values);

/// <summary>What reference sensors far from the head tell of the field at each coil: the coil less the coefficients times the references is its compensated value.</summary>
/// <param name="Name">What the file calls it (<c>G3BR</c>).</param>
/// <param name="Grade">The grade a channel has once it is taken off: 1, 2, 3, or the file's own number for others.</param>
/// <param name="Coefficients">Channels × references, between values in SI units.</param>
/// <remarks>Source: Vrba and Robinson, Signal processing in magnetoencephalography, Methods 25 (2001) 249, section 3.</remarks>
public sealed record FieldCompensation(string Name, int Grade, NamedMatrix Coefficients);
