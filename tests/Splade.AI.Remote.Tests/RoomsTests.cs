namespace Splade.AI.Remote.Tests;

public sealed class RoomsTests
{
    // Reads the whole package with the compiler, ten seconds for what changes seldom.
    [SlowFact]
    public void Rooms_OfThePackage_NameThoseBelowThem()
    {
        var rooms = SourceRooms.Read(Path.Combine(Repository.Root, "src", "Splade.AI.Remote"));

        Assert.Equal([SourceRooms.Root, "Cohere", "Requests", "Tei"], rooms.Rooms.Order());
        Assert.Equal([" -> Cohere", " -> Requests", " -> Tei", "Cohere -> Requests", "Tei -> Requests"], rooms.Arrows.Select(arrow => $"{arrow.From} -> {arrow.To}").Distinct().Order(StringComparer.Ordinal));
    }
}
