namespace Splade.AI.Postgres.Tests;

public sealed class RoomsTests
{
    // Reads the whole package with the compiler, ten seconds for what changes seldom.
    [SlowFact]
    public void Rooms_OfThePackage_NameThoseBelowThem()
    {
        var rooms = SourceRooms.Read(Path.Combine(Repository.Root, "src", "Splade.AI.Postgres"));
        string[] fromBelow = ["Settings", "Sql", "Connections", "Tables", "Filters", "Records", "Searching", SourceRooms.Root];

        Assert.Equal(fromBelow.Order(), rooms.Rooms.Order());
        Assert.All(rooms.Arrows, arrow => Assert.True(Array.IndexOf(fromBelow, arrow.To) < Array.IndexOf(fromBelow, arrow.From), $"{arrow}"));
        Assert.DoesNotContain(rooms.Arrows, arrow => arrow.To == "Connections" && arrow.From != SourceRooms.Root);
    }
}
