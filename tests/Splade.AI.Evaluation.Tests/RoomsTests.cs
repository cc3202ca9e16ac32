
namespace Splade.AI.Evaluation.Tests;

public sealed class RoomsTests
{
    /// <summary>Each room and those that it names, which stand before it: there is no circle.</summary>
    private static readonly (string Room, string[] Uses)[] Table =
    [
        ("Files", []),
        ("Vectors", []),
        ("Lexical", []),
        ("Significance", []),
        ("Measures", ["Files"]),
        ("Datasets", ["Files", "Measures"]),
        ("Tuning", ["Measures", "Significance"]),
    ];

    // Reads the whole package with the compiler, ten seconds for what changes seldom.
    [SlowFact]
    public void Rooms_OfThePackage_NameThoseOfTheTable()
    {
        var rooms = SourceRooms.Read(Path.Combine(Repository.Root, "src", "Splade.AI.Evaluation"));

        Assert.Equal(Table.Select(row => row.Room).Order(), rooms.Rooms.Order());
        Assert.Equal(
            Table.SelectMany(row => row.Uses, (row, used) => $"{row.Room} -> {used}").Order(),
            rooms.Arrows.Select(arrow => $"{arrow.From} -> {arrow.To}").Distinct().Order());
    }

    [Fact]
    public void Table_OfTheRooms_NamesWhatStandsBefore() => Assert.All(
        Table, row => Assert.Subset(Table.TakeWhile(before => before != row).Select(before => before.Room).ToHashSet(), row.Uses.ToHashSet()));
}
