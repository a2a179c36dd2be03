using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Microsoft.Build.Utilities;

/// <summary>Sets VER_FLG_WEAK on one needed symbol version of a 64-bit ELF library, and binds its symbols to an older version of the same
/// names where one is given (layout: elf.h, Elf64_Verneed and Elf64_Versym).</summary>
public class WeakenSymbolVersion : Task
{
    private const uint VersionNeed = 0x6ffffffe;  // SHT_GNU_verneed
    private const uint VersionTable = 0x6fffffff; // SHT_GNU_versym: a version number for each dynamic symbol
    private const byte Weak = 2;                  // VER_FLG_WEAK
    private const int Hidden = 0x8000;            // of a version number in the table

    public string Library { get; set; }

    public string Version { get; set; }

    public string Older { get; set; }

    public override bool Execute()
    {
        byte[] elf = File.ReadAllBytes(Library);
        if (elf.Length < 64 || elf[0] != 0x7f || elf[1] != 'E' || elf[4] != 2 || !Change(elf))
        {
            return true;
        }

        // The output may be a link into the package cache: replace the link, never write through it.
        // The old time stamp keeps the copy step from taking the file for changed at the next build.
        DateTime stamp = File.GetLastWriteTimeUtc(Library);
        string fresh = Library + ".weak";
        File.WriteAllBytes(fresh, elf);
        File.SetLastWriteTimeUtc(fresh, stamp);
        File.Delete(Library);
        File.Move(fresh, Library);
        return true;
    }

    /// <summary>True when something was changed.</summary>
    private bool Change(byte[] elf)
    {
        int need = Section(elf, VersionNeed, out int strings), table = Section(elf, VersionTable, out _);
        Dictionary<string, int> needed = need == 0 ? new Dictionary<string, int>() : Needed(elf, need, strings);
        if (!needed.TryGetValue(Version, out int entry) || (elf[entry + 4] & Weak) != 0)
        {
            return false;
        }

        elf[entry + 4] |= Weak;
        if (Older != null && needed.TryGetValue(Older, out int older))
        {
            int from = BitConverter.ToUInt16(elf, entry + 6), to = BitConverter.ToUInt16(elf, older + 6);
            for (int at = table; at < table + Size(elf, VersionTable); at += 2)
            {
                int number = BitConverter.ToUInt16(elf, at);
                if ((number & ~Hidden) == from)
                {
                    BitConverter.GetBytes((ushort)(number & Hidden | to)).CopyTo(elf, at);
                }
            }
        }

        return true;
    }

    /// <summary>Where the entry of each needed version is, by its name.</summary>
    private static Dictionary<string, int> Needed(byte[] elf, int need, int strings)
    {
        Dictionary<string, int> entries = new Dictionary<string, int>();
        while (true)
        {
            int entry = need + (int)BitConverter.ToUInt32(elf, need + 8);
            for (int n = BitConverter.ToUInt16(elf, need + 2); n > 0; n--)
            {
                int name = strings + (int)BitConverter.ToUInt32(elf, entry + 8);
                entries[Encoding.ASCII.GetString(elf, name, Array.IndexOf(elf, (byte)0, name) - name)] = entry;
                entry += (int)BitConverter.ToUInt32(elf, entry + 12);
            }

            uint next = BitConverter.ToUInt32(elf, need + 12);
            if (next == 0)
            {
                return entries;
            }

            need += (int)next;
        }
    }

    /// <summary>Where the first section of a type begins, and the strings that it names; 0 where there is none.</summary>
    private static int Section(byte[] elf, uint type, out int strings)
    {
        int header = Header(elf, type);
        strings = header == 0 ? 0 : (int)BitConverter.ToInt64(elf, At(elf, (int)BitConverter.ToUInt32(elf, header + 0x28)) + 0x18);
        return header == 0 ? 0 : (int)BitConverter.ToInt64(elf, header + 0x18);
    }

    private static int Size(byte[] elf, uint type) => (int)BitConverter.ToInt64(elf, Header(elf, type) + 0x20);

    private static int Header(byte[] elf, uint type)
    {
        for (int i = 0; i < BitConverter.ToUInt16(elf, 0x3c); i++)
        {
            if (BitConverter.ToUInt32(elf, At(elf, i) + 4) == type)
            {
                return At(elf, i);
            }
        }

        return 0;
    }

    private static int At(byte[] elf, int section) => (int)BitConverter.ToInt64(elf, 0x28) + section * BitConverter.ToUInt16(elf, 0x3a);
}
