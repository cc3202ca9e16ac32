using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Splade.AI.Postgres.Tests.Server;

/// <summary>Stands between a store and the server, and can lose the answer to a commit.</summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly NpgsqlConnectionStringBuilder _server;

    public CuttingProxy(string server)
    {
        _server = new NpgsqlConnectionStringBuilder(server);
        _listener.Start();
        ConnectionString = new NpgsqlConnectionStringBuilder(server)
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
            SslMode = SslMode.Disable,
        }.ConnectionString;
        _ = Task.Run(AcceptAsync);
    }

    public string ConnectionString { get; }

    /// <summary>Gets or sets a value indicating whether the next commit goes to the server, and its answer nowhere.</summary>
    public bool CutsNext { get; set; }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient client = await _listener.AcceptTcpClientAsync();
            var server = new TcpClient { NoDelay = true };
            client.NoDelay = true;
            await server.ConnectAsync(_server.Host!, _server.Port);
            _ = PumpAsync(client, server, watches: true);
            _ = PumpAsync(server, client, watches: false);
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, bool watches)
    {
        try
        {
            byte[] buffer = new byte[1 << 16];
            for (int read = await from.GetStream().ReadAsync(buffer); read > 0; read = await from.GetStream().ReadAsync(buffer))
            {
                bool cuts = watches && CutsNext && buffer.AsSpan(0, read).IndexOf("COMMIT"u8) >= 0;
                if (cuts)
                {
                    CutsNext = false;
                    from.Client.Shutdown(SocketShutdown.Both);
                }

                await to.GetStream().WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // One of both has gone: so does the other.
        }
        finally
        {
            from.Dispose();
            await Task.Delay(watches ? 200 : 0);
            to.Dispose();
        }
    }
}
