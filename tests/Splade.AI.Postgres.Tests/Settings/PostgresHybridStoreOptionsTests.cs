using Splade.AI.Hybrid;

namespace Splade.AI.Postgres.Tests.Settings;

public sealed class PostgresHybridStoreOptionsTests
{
    private const string Password = "geheim-4711";

    [Fact]
    public async Task Open_OptionsThatDoNotFit_SayWhatIsWrong()
    {
        await RefusesAsync("neither", o => o.ConnectionString = null);
        await RefusesAsync("no Schema", o => o.Schema = null);
        await RefusesAsync("no dimensions of the vector 'sparse'", o => o.Schema = HybridSchema.Default);
        await RefusesAsync("at most 2000", o => (o.Schema, o.HnswVectors) = (new HybridSchema(VectorField.Dense("v", 2001)), ["v"]));
        await RefusesAsync("at most 4000", o => (o.Schema, o.HnswVectors, o.HalfPrecision) = (new HybridSchema(VectorField.Dense("v", 4001)), ["v"], true));
        await RefusesAsync("at most 16000", o => o.Schema = new HybridSchema(VectorField.Dense("v", 16_001)));
        await RefusesAsync("at most 1000000000", o => (o.Schema, o.HnswVectors) = (new HybridSchema(VectorField.Sparse("v", int.MaxValue)), ["v"]));
        await RefusesAsync("'w' in HnswVectors", o => o.HnswVectors = ["w"]);
        await RefusesAsync("HnswEfConstruction", o => (o.HnswM, o.HnswEfConstruction) = (64, 64));
        await RefusesAsync("does not understand", o => o.ConnectionString = $"Host=localhost;Passwort={Password}");
        await RefusesAsync("does not understand", o => o.ConnectionString = $"Host=localhost;Password=\"{Password}");
    }

    [Fact]
    public void Setters_ValuesOutsideOfTheirRanges_Refuse()
    {
        var sut = new PostgresHybridStoreOptions();
        Assert.ThrowsAny<ArgumentException>(() => sut.TableName = new string('x', 51));
        Assert.ThrowsAny<ArgumentException>(() => sut.SchemaName = "");
        Assert.ThrowsAny<ArgumentException>(() => sut.SchemaName = "a\0");
        Assert.ThrowsAny<ArgumentException>(() => sut.Tenant = "\uD800");
        Assert.ThrowsAny<ArgumentException>(() => sut.EfSearch = 1001);
        Assert.ThrowsAny<ArgumentException>(() => sut.BatchSize = 0);
        Assert.ThrowsAny<ArgumentException>(() => sut.Retries = -1);
        Assert.ThrowsAny<ArgumentException>(() => sut.RetryDelay = TimeSpan.FromHours(1));
    }

    [Fact]
    public void Clone_IsIndependent()
    {
        var sut = new PostgresHybridStoreOptions { TableName = "a", Tenant = "b" };
        PostgresHybridStoreOptions clone = sut.Clone();
        sut.TableName = "c";
        Assert.Equal(("a", "b"), (clone.TableName, clone.Tenant));
    }

    private static async Task RefusesAsync(string expected, Action<PostgresHybridStoreOptions> configure)
    {
        var options = new PostgresHybridStoreOptions { ConnectionString = "Host=127.0.0.1", Schema = new HybridSchema(VectorField.Dense("v", 2)) };
        configure(options);
        var error = await Assert.ThrowsAnyAsync<ArgumentException>(() => PostgresHybridStore.OpenAsync(options));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, error.ToString(), StringComparison.Ordinal);
    }
}
