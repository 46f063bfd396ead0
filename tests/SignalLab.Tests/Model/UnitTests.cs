using SignalLab.Model;

namespace SignalLab.Tests.Model;

public sealed class UnitTests
{
    [Theory]
    [InlineData("uV", "uV")]
    [InlineData("µV", "uV")]
    [InlineData("degC", "degC")]
    [InlineData("Cel", "degC")]
    [InlineData("uV2/Hz", "uV2/Hz")]
    [InlineData("uV^2/Hz", "uV2/Hz")]
    [InlineData("T/m", "T/m")]
    [InlineData("HU", "HU")]
    [InlineData("µM", "umol/L")]
    [InlineData("umol/L", "umol/L")]
    [InlineData("OD", "OD")]
    [InlineData("mmHg", "mmHg")]
    [InlineData("bpm", "/min")]
    [InlineData("kPa", "kPa")]
    public void Spellings_of_one_unit_get_one_symbol(string spelling, string symbol)
    {
        var unit = Unit.Parse(spelling);
        Assert.True(unit.IsKnown);
        Assert.Equal(symbol, unit.Symbol);
        Assert.Equal(unit, Unit.Parse(unit.Symbol));
        Assert.Equal(unit, Unit.Parse(unit.Code));
    }

    [Theory]
    [InlineData(1, "V", "uV", 1e6)]
    [InlineData(250, "uV", "mV", 0.25)]
    [InlineData(1, "T/m", "fT/cm", 1e13)]
    [InlineData(37, "degC", "K", 310.15)]
    [InlineData(98.6, "degF", "degC", 37)]
    [InlineData(60, "/min", "Hz", 1)]
    [InlineData(120, "mmHg", "kPa", 15.99864)]
    [InlineData(2, "V2/Hz", "uV2/Hz", 2e12)]
    public void Units_of_one_dimension_convert(double value, string from, string to, double expected) =>
        Assert.Equal(expected, Unit.Parse(from).Convert(value, Unit.Parse(to)), 1e-9 * Math.Abs(expected));

    [Theory]
    [InlineData("T", "V")]
    [InlineData("V", "")]
    [InlineData("HU", "SUVbw")]
    [InlineData("T", "T/m")]
    [InlineData("Boolean", "uV")]
    public void Units_of_different_dimensions_refuse(string from, string to) =>
        Assert.Throws<UnfitInputException>(() => Unit.Parse(from).To(Unit.Parse(to)));

    [Fact]
    public void An_unknown_unit_is_valid_and_keeps_its_spelling()
    {
        var unit = Unit.Parse("Boolean");
        Assert.False(unit.IsKnown);
        Assert.Equal("Boolean", unit.Symbol);
        Assert.Equal(unit, Unit.Parse("Boolean"));
        Assert.Equal((1, 0), unit.To(unit));
    }

    [Fact]
    public void Squares_and_densities_are_units_too()
    {
        Assert.Equal("uV2", Unit.Microvolt.Squared().Symbol);
        Assert.Equal("uV2/Hz", Unit.Microvolt.Squared().Times(Unit.Hertz, -1).Symbol);
    }
}
