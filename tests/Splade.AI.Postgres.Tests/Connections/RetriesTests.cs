using System.Net;
using System.Net.Sockets;
using System.Text;
using Splade.AI.Hybrid;
using Splade.AI.Postgres.Tests.Server;

namespace Splade.AI.Postgres.Tests.Connections;

/// <summary>What is tried again, and how often, over sockets that count and cut.</summary>
public sealed class RetriesTests
{
    private const string Password = "geheim-4711";

    [Theory]
    [InlineData("57P03", true, 3)]
    [InlineData("28P01", false, 1)]
    [InlineData("3D000", false, 1)]
    public async Task Open_ServerThatRefuses_IsTriedAgainWhereThatMayHelp(string code, bool isTransient, int expected)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int callers = 0;
        Task answering = Task.Run(async () =>
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync();
                callers++;
                await client.GetStream().ReadAtLeastAsync(new byte[8], 8);
                byte[] fields = Encoding.UTF8.GetBytes($"SFATAL\0VFATAL\0C{code}\0Mrefused by the test\0\0");
                await client.GetStream().WriteAsync(new byte[] { (byte)'E', 0, 0, 0, (byte)(fields.Length + 4) }.Concat(fields).ToArray());
            }
        });
        var options = new PostgresHybridStoreOptions
        {
            ConnectionString = $"Host=127.0.0.1;Port={((IPEndPoint)listener.LocalEndpoint).Port};Username=me;Password={Password};SSL Mode=Disable;GSS Encryption Mode=Disable;Timeout=20",
            Schema = TestStore.Plane,
            Retries = 2,
            RetryDelay = TimeSpan.FromMilliseconds(1),
        };
        var error = await Assert.ThrowsAsync<HybridStoreException>(() => PostgresHybridStore.OpenAsync(options));
        Assert.Equal((code, isTransient), (error.Code, error.IsTransient));
        Assert.Equal(expected, callers);
        Assert.Contains("refused by the test", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, error.ToString(), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Upsert_CommitWhoseAnswerIsLost_IsDoneAgainAndDoublesNothing()
    {
        using var proxy = new CuttingProxy(TestServer.ConnectionString);
        await using PostgresHybridStore sut = await TestStore.OpenAsync(o => (o.Schema, o.ConnectionString) = (TestStore.Plane, proxy.ConnectionString));
        await sut.UpsertAsync([TestStore.Point("a", 1)]);
        proxy.CutsNext = true;
        await sut.UpsertAsync([TestStore.Point("a", 2), TestStore.Point("b", 3)]);
        Assert.False(proxy.CutsNext);
        Assert.Equal(["a", "b"], await sut.ListAsync().Select(record => record.Id).ToListAsync());
        Assert.Equal(2, (await sut.GetAsync("a"))!.Dense.Span[0]);
    }
}
