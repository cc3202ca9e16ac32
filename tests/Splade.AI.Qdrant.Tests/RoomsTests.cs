namespace Splade.AI.Qdrant.Tests;

public sealed class RoomsTests
{
    // Reads the whole package with the compiler, ten seconds for what changes seldom.
    [SlowFact]
    public void Rooms_OfThePackage_NameThoseBelowThem()
    {
        var rooms = SourceRooms.Read(Path.Combine(Repository.Root, "src", "Splade.AI.Qdrant"));

        Assert.Equal([SourceRooms.Root, "Collections", "Configuration", "Payload", "Points", "Searching", "Server"], rooms.Rooms.Order(StringComparer.Ordinal));
        Assert.Equal(
            [
                " -> Collections", " -> Configuration", " -> Payload", " -> Points", " -> Searching", " -> Server", "Collections -> Configuration",
                "Collections -> Payload", "Collections -> Server", "Payload -> Configuration", "Points -> Configuration", "Points -> Payload",
                "Searching -> Configuration", "Searching -> Payload", "Searching -> Points", "Searching -> Server", "Server -> Configuration",
            ],
            rooms.Arrows.Select(arrow => $"{arrow.From} -> {arrow.To}").Distinct().Order(StringComparer.Ordinal));
    }
}
