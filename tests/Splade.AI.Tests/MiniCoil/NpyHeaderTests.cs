using System.Text;
using Splade.AI.MiniCoil;

namespace Splade.AI.Tests.MiniCoil;

/// <summary>Heads of NumPy's files.</summary>
public sealed class NpyHeaderTests
{
    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (232, 32, 4), }     \n", "<f4", false, "232 32 4")]
    [InlineData("{'descr': '<f2', 'fortran_order': True, 'shape': (7,), }", "<f2", true, "7")]
    [InlineData("{'descr': '>i8', 'fortran_order': False, 'shape': (), }", ">i8", false, "")]
    public void Read_WhatNumPyWrites_IsUnderstood(string text, string type, bool isByColumn, string shape)
    {
        foreach (byte version in new byte[] { 1, 2 })
        {
            byte[] file = File(text, version);
            var header = NpyHeader.Read([.. file, 1, 2, 3]);
            Assert.Equal((type, isByColumn, shape, file.Length), (header.Type, header.IsByColumn, string.Join(' ', header.Shape), header.Length));
        }
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False}")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }")]
    [InlineData("")]
    public void Read_AnythingElse_IsRefused(string text) => Assert.Throws<FormatException>(() => NpyHeader.Read(File(text, 1)));

    [Fact]
    public void Read_CutFile_IsRefused()
    {
        byte[] file = File("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", 1);
        for (int length = 0; length < file.Length; length++)
        {
            Assert.Throws<FormatException>(() => NpyHeader.Read(file.AsSpan(0, length)));
        }
    }

    private static byte[] File(string text, byte version)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        byte[] length = BitConverter.GetBytes(bytes.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. version == 1 ? length[..2] : length, .. bytes];
    }
}
